import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { AdService } from './ad-service';
import { clipFolder, type NewAd, playlistSeconds } from './added-ad';
import { clipJob, type EncodedLadder } from './clip-job';
import type { Context } from './context';
import type { EncodeService } from './encode-service';
import { EXIT, LiveFailure } from './failure';

/** Time between two looks at a job. */
const LOOK_MS = 2000;

/** An ad for MediaConvert, and the role that it works with. */
export interface EncodedAd extends NewAd {
  readonly roleArn: string;
}

/** Means of {@link encodedAd}. */
export interface EncodeMeans {
  readonly ads: AdService;
  readonly encoder: EncodeService;
  readonly context: Pick<Context, 'clock' | 'err' | 'onInterrupt'>;
}

/**
 * Uploads a file, and has MediaConvert prepare it to the channel's ladder.
 *
 * @returns the length of the clip in seconds, as its playlist has it.
 * @throws LiveFailure where MediaConvert cannot; nothing is left in the bucket then.
 */
export async function encodedAd(ad: EncodedAd, means: EncodeMeans): Promise<number> {
  const { ads, encoder, context } = means;
  const { file, id, bucket } = ad;
  const size = await sizeOf(file);
  const source = `sources/${id}${extname(file).toLowerCase()}`;
  let job: string | undefined;
  const undo = async (): Promise<void> => {
    if (job !== undefined) await encoder.cancel(job).catch(() => undefined);
    await ads.remove(bucket, source);
    await ads.remove(bucket, clipFolder(id));
  };
  context.onInterrupt?.(undo);
  try {
    context.err(`Uploading ${(size / 1_000_000).toFixed(1)} MB`);
    const percent = progressLine('Uploaded', context.err);
    await ads.upload({ bucket, key: source, file, size }, (bytes) => percent((100 * bytes) / Math.max(1, size)));
    const ladder = JSON.parse(ad.ladder) as EncodedLadder;
    job = await encoder.create(clipJob({ id, bucket, source, ladder, roleArn: ad.roleArn }));
    context.err(`MediaConvert prepares it in job ${job}`);
    await complete(job, file, means);
    const seconds = await lengthOf(ad, ads);
    await ads.remove(bucket, source);
    return seconds;
  } catch (error) {
    // The first failure is the one to tell.
    await undo().catch(() => undefined);
    throw error;
  } finally {
    context.onInterrupt?.(undefined);
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return found.size;
  throw new LiveFailure(`${file} was given; there is no such file.`, EXIT.notFound);
}

/** Returns a function that tells a percentage, each tenth once. */
function progressLine(word: string, tell: (line: string) => void): (percent: number) => void {
  let told = -1;
  return (percent) => {
    const tenth = Math.floor(percent / 10);
    if (tenth > told) tell(`${word}: ${tenth * 10} %`);
    told = Math.max(told, tenth);
  };
}

/** Waits for the end of a job. @throws LiveFailure for any end but a complete one. */
async function complete(id: string, file: string, { encoder, context }: EncodeMeans): Promise<void> {
  const progress = progressLine('Prepared', context.err);
  let waits = false;
  for (;;) {
    const { status, percent, error } = await encoder.look(id);
    if (status === 'COMPLETE') return;
    if (status === 'ERROR') {
      throw new LiveFailure(
        `MediaConvert could not prepare ${file}: ${error ?? 'no reason was given'}.`,
        EXIT.notReached,
      );
    }
    if (status === 'CANCELED') throw new LiveFailure(`Job ${id} of MediaConvert was canceled.`, EXIT.notReached);
    if (status === 'PROGRESSING') progress(percent ?? 0);
    else if (!waits) context.err('The job waits in the queue');
    waits = status === 'SUBMITTED';
    await context.clock.sleep(LOOK_MS);
  }
}

/** Reads the length of a clip from its playlists. @throws LiveFailure for a clip without picture or sound */
async function lengthOf({ bucket, id, file }: EncodedAd, ads: AdService): Promise<number> {
  const read = async (name: string) => (await ads.read(bucket, `${clipFolder(id)}${name}`))?.text ?? '';
  const lines = (await read('index.m3u8')).split(/\r?\n/);
  const variant = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  const name = variant === -1 ? undefined : lines[variant + 1];
  const seconds = name === undefined ? 0 : playlistSeconds(await read(name));
  if (!(seconds > 0)) throw new LiveFailure(`${file} has no picture; a video is needed.`, EXIT.notReached);
  if (lines.some((line) => line.startsWith('#EXT-X-MEDIA:') && line.includes('TYPE=AUDIO'))) return seconds;
  throw new LiveFailure(
    `${file} has no audio, and players cannot go on without it; add a silent track to the file.`,
    EXIT.notReached,
  );
}
