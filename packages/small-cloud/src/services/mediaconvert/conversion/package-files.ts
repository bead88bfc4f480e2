import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { basename, dirname } from 'node:path/posix';
import type { PackagePlan, Place } from '../settings/job-plan';

/** A file of a package, and its place. */
export interface PackageFile {
  readonly place: Place;
  readonly path: string;
  readonly contentType: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.cmfv': 'video/mp4',
  '.cmfa': 'audio/mp4',
};

/** Gives the files of the audio their own extension, as MediaConvert does, and lists all files of a package. */
export async function packageFiles(plan: PackagePlan, folder: string): Promise<readonly PackageFile[]> {
  const name = basename(plan.place.key);
  for (const { modifier, audio } of plan.renditions) {
    if (audio !== undefined) await renameAudio(folder, `${name}${modifier}`);
  }
  const prefix = dirname(plan.place.key);
  const names = await readdir(folder);
  return names.toSorted().map((file) => ({
    place: { bucket: plan.place.bucket, key: prefix === '.' ? file : `${prefix}/${file}` },
    path: join(folder, file),
    contentType: TYPES[extname(file)] ?? 'application/octet-stream',
  }));
}

async function renameAudio(folder: string, start: string): Promise<void> {
  const isOurs = (file: string) => file === `${start}init.cmfv` || file.startsWith(`${start}_`);
  for (const file of (await readdir(folder)).filter(isOurs)) {
    await rename(join(folder, file), join(folder, file.replace(/\.cmfv$/, '.cmfa')));
  }
  const playlist = join(folder, `${start}.m3u8`);
  await writeFile(playlist, (await readFile(playlist, 'utf8')).replaceAll('.cmfv', '.cmfa'));
}
