import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { AdService } from './ad-service';
import { clipArguments, hasAudioArguments, type Ladder } from './clip-arguments';
import type { Context } from './context';
import { EXIT, LiveFailure } from './failure';
import { runTool } from './tool';

/** An ad as the list of campaigns has it. `lambda/ad-decision/campaign.ts` reads it. */
export interface KeptAd {
  readonly id: string;
  readonly name: string;
  readonly seconds: number;
  readonly weight: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly channels: readonly string[] | undefined;
}

/** An ad to prepare, and its place. */
export interface NewAd {
  readonly file: string;
  readonly id: string;
  readonly bucket: string;
  /** The Output `AdsLadder`. */
  readonly ladder: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
};

/**
 * Prepares a clip to the channel's ladder with ffmpeg, and puts it into the bucket.
 *
 * @returns the length of the clip in seconds, as its playlist has it.
 */
export async function addedAd(
  { file, id, bucket, ladder }: NewAd,
  service: AdService,
  onInterrupt: Context['onInterrupt'],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'live-ad-'));
  const undo = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await service.remove(bucket, clipFolder(id));
  };
  onInterrupt?.(undo);
  try {
    const audio = await runTool('ffprobe', hasAudioArguments(file));
    const wanted = JSON.parse(ladder) as Ladder;
    await runTool('ffmpeg', clipArguments({ file, ladder: wanted, silent: audio.trim() === '', folder }));
    const names = await readdir(folder);
    const seconds = playlistSeconds(await readFile(join(folder, 'v0.m3u8'), 'utf8'));
    if (!(seconds > 0)) throw new LiveFailure(`${file} has no picture; a video is needed.`, EXIT.notReached);
    for (const name of names) {
      await service.write({
        bucket,
        key: `${clipFolder(id)}${name}`,
        contentType: TYPES[extname(name)] ?? 'application/octet-stream',
        // The id is never used for another clip.
        cacheControl: 'public, max-age=86400',
        content: { file: join(folder, name) },
      });
    }
    return seconds;
  } finally {
    onInterrupt?.(undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the beginning of the keys of a clip. */
export function clipFolder(id: string): string {
  return `ads/clips/${id}/`;
}

/** Adds up the lengths of the segments of a playlist, in seconds. */
export function playlistSeconds(playlist: string): number {
  const seconds = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].reduce((sum, [, length]) => sum + Number(length), 0);
  return Math.round(seconds * 1000) / 1000;
}
