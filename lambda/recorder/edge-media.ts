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
}

/**
 * Answers of an endpoint that has no media, or none of the times that were asked for. The status for a time outside the
 * start-over window is not documented for v2: 404 as in v1, or 400 as for other values that it does not take.
 */
const NOTHING: readonly number[] = [400, 404];

/**
 * Reads the times of a channel's media in an HLS playlist at the edge, as a viewer would: that way it needs no permission
 * at MediaPackage, and the probe has tried it a minute before.
 *
 * @param since - time in milliseconds since 1970, by the clock of the source. @default what the live manifest lists
 * @throws Error for an answer that says neither the times nor that there is no media.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/msettings-params.html
 */
export async function edgeMedia(
  { name, path, isPrivate }: Pick<RecordedChannel, 'name' | 'path' | 'isPrivate'>,
  since: number | undefined,
  reader: EdgeReader,
): Promise<readonly TimedSegment[]> {
  const before = isPrivate ? await reader.tokenPath(name) : '';
  // Whole seconds, for a cache entry that others may share.
  const query = since === undefined ? '' : `?aws.manifestsettings=start:${Math.floor(since / 1000)}`;
  const url = `${reader.edge}${before}${path}${query}`;
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
  throw new Error(`${url.replace(/\/s\/[^/]+/, '/s/…')} answered ${status}, and no playlist`);
}
