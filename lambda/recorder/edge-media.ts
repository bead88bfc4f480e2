import { NoAnswerError } from '../shared/answer';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { isMultivariant, type TimedSegment, timedSegments, variantsOf } from '../shared/recordings/segments';

/** An answer of the edge. */
export interface EdgeAnswer {
  readonly status: number;
  readonly body: string;
}

/** The way to the edge. */
export interface EdgeReader {
  /** Base URL of the edge, without a slash at the end. */
  readonly edge: string;
  get(url: string): Promise<EdgeAnswer>;
  /** Makes the beginning of paths of a private channel: `/s/<token>`. */
  tokenPath(channel: string): Promise<string>;
  /** Returns the time in milliseconds since 1970. */
  now(): number;
}

/**
 * Answers of an endpoint that has no media, or none of the times that were asked for. The status for a time outside the
 * start-over window is not documented for v2: 404 as in v1, or 400 as for other values that it does not take.
 */
const NOTHING: readonly number[] = [400, 404];

/** Length of the times that one request asks for, in milliseconds. */
const PIECE = 12 * 3_600_000;
/** Age up to which media is asked for at once, in milliseconds. MediaPackage lists at most 24 hours, by its own clock. */
const AT_ONCE = 18 * 3_600_000;

/**
 * Reads the times of a channel's media in an HLS playlist at the edge, as a viewer would: that way it needs no permission
 * at MediaPackage, and the probe has tried it a minute before.
 *
 * @param since - time in milliseconds since 1970, by the clock of the source. @default what the live manifest lists
 * @throws NoAnswerError for an answer that says neither the times nor that there is no media, and may pass.
 * @throws Error for a refusal.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/start-and-end-parameters-rules.html
 */
export async function edgeMedia(
  channel: Pick<RecordedChannel, 'source' | 'name' | 'path' | 'isPrivate'>,
  since: number | undefined,
  reader: EdgeReader,
): Promise<readonly TimedSegment[]> {
  const before = channel.isPrivate ? await reader.tokenPath(channel.name) : '';
  const at = `${reader.edge}${before}${channel.path}`;
  if (since === undefined) return listedMedia(at, reader);
  // Whole seconds, for a cache entry that others may share.
  let start = Math.floor(since / 1000);
  const found: TimedSegment[] = [];
  for (; reader.now() - start * 1000 > AT_ONCE; start += PIECE / 1000) {
    const query = shifted(channel, { start, end: start + PIECE / 1000 });
    add(found, await listedMedia(`${at}?${query}`, reader));
  }
  add(found, await listedMedia(`${at}?${shifted(channel, { start })}`, reader));
  return found;
}

/** Adds segments that come later. Two pieces share the one at their seam. */
function add(found: TimedSegment[], more: readonly TimedSegment[]): void {
  const end = found.at(-1)?.end ?? Number.NEGATIVE_INFINITY;
  for (const segment of more) {
    if (segment.end > end) found.push(segment);
  }
}

/**
 * Writes the query of a manifest between two times, in seconds since 1970. Without an end, it goes on. Between two
 * settings, MediaPackage v2 wants the separators encoded.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/msettings-params.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/time-shifted.html
 */
function shifted({ source }: Pick<RecordedChannel, 'source'>, times: { start: number; end?: number }): string {
  const { start, end } = times;
  if (source === 'media-package-v1') return end === undefined ? `start=${start}` : `start=${start}&end=${end}`;
  if (end === undefined) return `aws.manifestsettings=start:${start}`;
  return `aws.manifestsettings=${encodeURIComponent(`start:${start};end:${end}`)}`;
}

/** Reads the times of the media that the first rendition of a manifest lists. */
async function listedMedia(url: string, reader: EdgeReader): Promise<readonly TimedSegment[]> {
  const first = await read(url, reader);
  if (first === undefined) return [];
  if (!isMultivariant(first)) return mediaOf(first);
  const [variant] = variantsOf(first);
  if (variant === undefined) return [];
  const playlist = await read(new URL(variant.uri, url).href, reader);
  return playlist === undefined ? [] : mediaOf(playlist);
}

function mediaOf(playlist: string): readonly TimedSegment[] {
  return timedSegments(playlist).filter(({ isGap }) => !isGap);
}

async function read(url: string, reader: EdgeReader): Promise<string | undefined> {
  const { status, body } = await reader.get(url);
  if (NOTHING.includes(status)) return undefined;
  if (status === 200 && body.startsWith('#EXTM3U')) return body;
  const sentence = `${url.replace(/\/s\/[^/]+/, '/s/…')} answered ${status}, and no playlist`;
  const mayPass = status === 200 || status === 429 || status >= 500;
  throw mayPass ? new NoAnswerError(sentence) : new Error(sentence);
}
