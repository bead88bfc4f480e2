import type { ConversionKind } from './conversion-jobs';
import { filesOf, type RecordingName } from './converted-recording';
import { storyboardVtt } from './storyboard';

/** The end of a job of this project, as MediaConvert's event tells it. */
export interface FinishedConversion extends RecordingName {
  readonly kind: ConversionKind;
  /** Length of the recording in seconds. */
  readonly seconds: number;
  readonly jobId: string;
  readonly status: 'COMPLETE' | 'ERROR' | 'CANCELED';
  /** MediaConvert's code and sentence of an error; undefined for other ends. */
  readonly error: string | undefined;
}

/** The calls of S3 that the pictures of a recording need. */
export interface PictureStore {
  /** Lists all keys that begin with a prefix. */
  keys(prefix: string): Promise<readonly string[]>;
  copy(from: string, to: string, headers: FileHeaders): Promise<void>;
  write(key: string, body: string, headers: FileHeaders): Promise<void>;
}

/** The headers that a file is served with. */
export interface FileHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
}

/** The members of a recording in the catalogue that a conversion adds: paths from the site's root. */
export interface ConvertedFiles {
  readonly mp4?: string;
  readonly poster?: string;
  readonly storyboard?: string;
}

const KINDS: readonly ConversionKind[] = ['mp4', 'pictures', 'mp4-and-pictures'];
const ENDS: readonly FinishedConversion['status'][] = ['COMPLETE', 'ERROR', 'CANCELED'];
/** A day: files of a recording never change under one name. */
const CACHE_CONTROL = 'public, max-age=86400';

/**
 * Reads the detail of a `MediaConvert Job State Change`. Returns undefined for a job that has not ended, and for one that
 * is not of this project: one without its metadata.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_event_list.html
 */
export function finishedConversion(detail: unknown): FinishedConversion | undefined {
  const { jobId, userMetadata, errorCode, errorMessage, ...event } = (detail ?? {}) as Readonly<
    Record<string, unknown>
  >;
  const { channel, recording: id, seconds, ...metadata } = (userMetadata ?? {}) as Readonly<Record<string, unknown>>;
  const status = ENDS.find((end) => end === event['status']);
  const kind = KINDS.find((one) => one === metadata['kind']);
  if (status === undefined || kind === undefined) return undefined;
  if (typeof channel !== 'string' || typeof id !== 'string' || typeof jobId !== 'string') return undefined;
  const error = errorCode === undefined ? undefined : `${errorCode}: ${errorMessage}`;
  return { channel, id, kind, seconds: Number(seconds), jobId, status, error };
}

/**
 * Finishes a job that is complete: writes `storyboard.vtt` and copies the poster to its name. A second time it writes the
 * same again.
 *
 * @returns the files that there are now, for the catalogue. A recording that is too short for a second picture has the
 *   first as its poster.
 */
export async function finishConversion(
  { kind, channel, id, seconds }: Pick<FinishedConversion, 'kind' | 'channel' | 'id' | 'seconds'>,
  store: PictureStore,
): Promise<ConvertedFiles> {
  const files = filesOf({ channel, id });
  const mp4 = kind === 'pictures' ? {} : { mp4: `/${files.mp4}` };
  if (kind === 'mp4') return mp4;
  const posters = await picturesBelow(store, files.posterPictures);
  const pictures = await picturesBelow(store, files.storyboardPictures);
  const poster = posters.at(-1) ?? pictures.at(0);
  if (poster === undefined) return mp4;
  await store.copy(poster, files.poster, { contentType: 'image/jpeg', cacheControl: CACHE_CONTROL });
  const text = storyboardVtt({ pictures: pictures.map((key) => key.slice(files.folder.length)), seconds });
  await store.write(files.storyboard, text, { contentType: 'text/vtt; charset=utf-8', cacheControl: CACHE_CONTROL });
  return { ...mp4, poster: `/${files.poster}`, storyboard: `/${files.storyboard}` };
}

/** Lists the pictures of an output in the order of their numbers, which have seven digits. */
async function picturesBelow(store: PictureStore, prefix: string): Promise<readonly string[]> {
  const keys = await store.keys(`${prefix}.`);
  return keys.filter((key) => /^\.\d{7}\.jpg$/.test(key.slice(prefix.length))).toSorted();
}
