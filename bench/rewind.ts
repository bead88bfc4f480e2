import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalCommand } from '../test/end-to-end/command';
import { text } from '../test/end-to-end/media';
import { descendants } from '../test/end-to-end/processes';
import { residentBytes } from './cpu';
import { asked, RewoundViewer } from './rewound-viewer';
import { type Row, type Section, slope } from './table';

/** Length of the rewind, in minutes. */
const REWIND = 60;
/** Longest wait for the recording of the show, in milliseconds. */
const RECORDED_WITHIN = 300_000;
/** As many renditions as hd-720p has, small ones: memory hangs on their parts, disk on their bits, and neither on pixels. */
const LADDER = [144, 180, 216, 252, 288].map((height, index) => ({
  width: (height * 16) / 9,
  height,
  bitrate: 100_000 * (index + 1),
}));
/** Time after which the newest media of a minute is on the disk and every function has been loaded once, in minutes. */
const SETTLED_MINUTES = 5;
const MANIFEST = 'out/v1/live-streaming/main/cmaf/dvr.m3u8';
const BOUND = 'the media of a run takes 4 GB at most; then the oldest goes first';

/** Memory and disk at one moment, in bytes. */
interface Sample {
  readonly minute: number;
  readonly cloud: number;
  readonly encoders: number;
  readonly functions: number;
  readonly media: number;
  readonly disk: number;
  /** Time for which the viewer could go back, in minutes. */
  readonly listed: number;
}

/**
 * Measures memory and disk of a local run with an hour of rewind and a recording, once a minute, while a viewer plays the
 * oldest media that the long manifest lists. Then it stops the channel, and waits for the recording.
 *
 * @param minutes - length of the show. Samples are taken sixty times at least.
 */
export async function rewind(minutes: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-'));
  const channel = { name: 'main', input: { kind: 'test-clip' as const }, ladder: LADDER, latency: 'low' as const };
  const description = { channels: [{ ...channel, rewind: REWIND, recording: true as const }] };
  const command = await LocalCommand.start(description, [], { TMPDIR: folder });
  const viewer = new RewoundViewer(new URL(MANIFEST, command.playerUrl).href);
  try {
    // The show begins with its first media.
    await text(viewer.manifest);
    const watching = viewer.watch();
    const samples: Sample[] = [];
    const begun = Date.now();
    for (let next = begun; Date.now() - begun < minutes * 60_000; ) {
      next += Math.min(1, minutes / 60) * 60_000;
      await pause(Math.max(0, next - Date.now()));
      samples.push({ minute: (Date.now() - begun) / 60_000, ...sampled(command.pid, folder), listed: viewer.listed });
      console.error(`  ${rowOf(samples.at(-1) as Sample, '').note}`);
    }
    viewer.stop();
    await watching;
    const recorded = await recording(command, folder);
    return {
      title: `Local run: ${minutes} minutes with a rewind of ${REWIND} minutes and a recording (low latency, five renditions of 1.5 Mb/s together)`,
      rows: [...samples.map((sample) => rowOf(sample, 'minute ')), ...summary(samples), viewer.row(), recorded],
    };
  } finally {
    viewer.stop();
    await command.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the memory of the run's processes, and the bytes of its files. */
function sampled(pid: number, folder: string): Omit<Sample, 'minute' | 'listed'> {
  const memory = { encoders: 0, functions: 0 };
  for (const { pid: child, command } of descendants(pid)) {
    memory[/ffmpeg/.test(command.split(' ')[0] ?? '') ? 'encoders' : 'functions'] += memoryOf(child);
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => ({
    isMedia: name.endsWith('.media'),
    bytes: sizeOf(join(folder, name)),
  }));
  const bytesOf = (some: typeof files) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  const media = bytesOf(files.filter(({ isMedia }) => isMedia));
  return { cloud: memoryOf(pid), ...memory, media, disk: bytesOf(files) };
}

/** Returns the memory of a process; 0 for one that has just ended. */
function memoryOf(pid: number): number {
  try {
    return residentBytes(pid);
  } catch {
    return 0;
  }
}

/** Returns the size of a file; 0 for a folder, and for a file that has just been removed. */
function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : 0;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function rowOf({ minute, cloud, encoders, functions, media, disk, listed }: Sample, before: string): Row {
  const parts = `small cloud ${megabytes(cloud)}, encoders ${megabytes(encoders)}, functions ${megabytes(functions)}`;
  return {
    what: `${before}${minute.toFixed(minute < 10 ? 1 : 0)}`,
    value: megabytes(cloud + encoders + functions),
    note: `memory: ${parts}; disk ${megabytes(disk)}, media ${megabytes(media)}; ${listed.toFixed(1)} minutes listed`,
  };
}

/** Tells how memory and disk grow from the fifth minute on, or from the middle of a shorter show. */
function summary(samples: readonly Sample[]): readonly Row[] {
  const last = samples.at(-1)?.minute ?? 0;
  const from = Math.min(SETTLED_MINUTES, last / 2);
  const settled = samples.filter(({ minute }) => minute >= from);
  const grows = (of: (sample: Sample) => number) =>
    `${(slope(settled.map((sample) => [sample.minute, of(sample)])) / 1e6).toFixed(2)} MB a minute`;
  const most = Math.max(...samples.map(({ cloud, encoders, functions }) => cloud + encoders + functions));
  const note = `from minute ${from.toFixed(1)}, by regression`;
  return [
    { what: 'memory of the small cloud grows by', value: grows(({ cloud }) => cloud), note },
    { what: 'memory of the encoders grows by', value: grows(({ encoders }) => encoders), note },
    { what: 'most memory', value: megabytes(most), note: 'small cloud, encoders and functions together' },
    { what: 'disk grows by', value: grows(({ disk }) => disk), note: `${note}; bound: ${BOUND}` },
  ];
}

/** Stops the channel, and waits until the show is in the catalogue. */
async function recording(command: LocalCommand, folder: string): Promise<Row> {
  const live = ['--import', 'tsx', 'bin/live.ts', 'stop', 'main', '--endpoint', command.apiUrl];
  const { status, stderr } = spawnSync(process.execPath, live, {
    cwd: join(__dirname, '..'),
    env: { ...process.env, TMPDIR: folder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`live stop ended with ${status}: ${stderr}`);
  const begun = Date.now();
  while (Date.now() - begun < RECORDED_WITHIN) {
    const url = new URL(`vod/catalogue.json?${Date.now()}`, command.playerUrl).href;
    const catalogue = (await (await asked(url)).json()) as {
      readonly recordings: readonly { readonly seconds: number }[];
    };
    const [show] = catalogue.recordings;
    if (show !== undefined) {
      const { media, disk } = sampled(command.pid, folder);
      const note = `${((Date.now() - begun) / 1000).toFixed(0)} s after the stop; disk ${megabytes(disk)}, of which ${megabytes(media)} are the media that MediaPackage keeps`;
      return { what: 'the recording', value: `${(show.seconds / 60).toFixed(1)} minutes`, note };
    }
    await pause(1000);
  }
  throw new Error(`there is no recording after ${RECORDED_WITHIN / 1000} s:\n${command.log.slice(-4000)}`);
}
