import { readFile } from 'node:fs/promises';
import type { Place } from '../settings/job-plan';
import { hlsError, type JobError, unmodelledJob } from './job-error';

/** The newest `EXT-X-VERSION` that MediaConvert reads. */
const VERSION = 4;

/** One segment of an input: a file of this machine. */
export interface InputSegment {
  readonly file: string;
  readonly seconds: number;
  /** True where the timestamps of the segment do not continue those before it. */
  readonly discontinuous: boolean;
}

/** Opens an object with the rights of the job's role: answers the file that holds it. @throws JobError */
export type OpenObject = (place: Place) => string;

/**
 * Reads an HLS input as MediaConvert does. Of a multivariant playlist it takes the variant with the highest bandwidth.
 *
 * @throws JobError 3400 for what MediaConvert does not read: segments that are not MPEG-2 TS, a version above 4,
 *   encryption, a playlist that has not ended.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html
 */
export async function readHls(place: Place, open: OpenObject): Promise<readonly InputSegment[]> {
  const lines = await playlistLines(place, open);
  if (!lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:'))) return segmentsOf(place, lines, open);
  const best = resolved(place, bestVariant(place, lines));
  return segmentsOf(best, await playlistLines(best, open), open);
}

async function playlistLines(place: Place, open: OpenObject): Promise<readonly string[]> {
  const text = await readFile(open(place), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines[0] !== '#EXTM3U') throw hlsError(urlOf(place), 'No parser found for container');
  const version = Number(/^#EXT-X-VERSION:(\d+)/m.exec(text)?.[1] ?? 1);
  if (version <= VERSION) return lines;
  throw hlsError(
    urlOf(place),
    `The manifest file at this URL is of a newer version than we support: [${version}]. We support versions up to [${VERSION}].`,
  );
}

function bestVariant(place: Place, lines: readonly string[]): string {
  const variants = lines.flatMap((line, index) => {
    const bandwidth = /^#EXT-X-STREAM-INF:(?:.*,)?BANDWIDTH=(\d+)/.exec(line)?.[1];
    const uri = lines[index + 1];
    if (bandwidth === undefined || uri === undefined) return [];
    return [{ bandwidth: Number(bandwidth), uri, hasOwnAudio: !/,AUDIO=|:AUDIO=/.test(line) }];
  });
  const [best] = variants.toSorted((a, b) => b.bandwidth - a.bandwidth);
  if (best === undefined) throw hlsError(urlOf(place), 'The manifest lists no variant');
  if (!best.hasOwnAudio && lines.some((line) => /^#EXT-X-MEDIA:.*TYPE=AUDIO.*URI=/.test(line))) {
    throw unmodelledJob('An HLS input with audio in playlists of its own');
  }
  return best.uri;
}

function segmentsOf(place: Place, lines: readonly string[], open: OpenObject): readonly InputSegment[] {
  const problem = problemOf(place, lines);
  if (problem !== undefined) throw problem;
  const segments: InputSegment[] = [];
  let seconds = 0;
  let discontinuous = false;
  for (const line of lines) {
    if (line.startsWith('#EXTINF:')) seconds = Number.parseFloat(line.slice('#EXTINF:'.length));
    else if (line === '#EXT-X-DISCONTINUITY') discontinuous = true;
    else if (!line.startsWith('#')) {
      segments.push({ file: open(resolved(place, line)), seconds, discontinuous });
      discontinuous = false;
    }
  }
  if (segments.length === 0) throw hlsError(urlOf(place), 'The manifest lists no segment');
  return segments;
}

function problemOf(place: Place, lines: readonly string[]): JobError | undefined {
  const has = (tag: string) => lines.some((line) => line.startsWith(tag));
  const url = urlOf(place);
  if (has('#EXT-X-MAP:')) {
    return hlsError(url, 'The segments must be MPEG-2 transport streams; EXT-X-MAP is of fragmented MP4');
  }
  if (lines.some((line) => line.startsWith('#EXT-X-KEY:') && !line.includes('METHOD=NONE'))) {
    return hlsError(url, 'Encrypted HLS inputs are not supported');
  }
  if (!has('#EXT-X-ENDLIST') && !has('#EXT-X-PLAYLIST-TYPE:VOD')) {
    return hlsError(url, 'The manifest must have EXT-X-ENDLIST or EXT-X-PLAYLIST-TYPE:VOD');
  }
  return has('#EXT-X-BYTERANGE:') ? unmodelledJob('EXT-X-BYTERANGE in an HLS input') : undefined;
}

/** Resolves a URI of a playlist. */
function resolved({ bucket, key }: Place, uri: string): Place {
  if (/^[a-z][a-z\d+.-]*:/i.test(uri)) throw unmodelledJob(`The absolute address ${uri} in an HLS input`);
  const { pathname } = new URL(uri, `s3://${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`);
  return { bucket, key: decodeURIComponent(pathname.slice(1)) };
}

/** Writes a place as MediaConvert names it. */
export function urlOf({ bucket, key }: Place): string {
  return `s3://${bucket}/${key}`;
}
