import { newestOfMpd } from './dash';
import { mediaPlaylistUrl, type NewestMedia, newestOfPlaylist } from './playlist';

/** An answer at the edge. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Pick<Headers, 'get'>;
}

/** How the probe reaches the edge. */
export interface Viewing {
  /** Rejects when there is no answer within the viewer's patience. */
  get(url: string, options?: { readonly firstBytes: number }): Promise<Answer>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since any fixed moment, for how long something takes. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Experience of a viewer of one channel. Times in milliseconds, ages in seconds. */
export interface Sight {
  readonly ok: boolean;
  /** Failure with its address; empty when all was well. */
  readonly trouble: string;
  readonly staleSeconds?: number;
  readonly liveDelaySeconds?: number;
  readonly manifestMs?: number;
  readonly segmentMs?: number;
}

/** Longest wait between the two looks at a manifest, in seconds. */
const LONGEST_WAIT_SECONDS = 12;
const FIRST_BYTES = 1024;

/**
 * Looks at a channel as a viewer does: the manifest twice, one segment apart, and the beginning of the newest segment.
 * Never rejects: what goes wrong is what it is there to see.
 *
 * @param url - the manifest at the edge, HLS or DASH.
 * @param segmentSeconds - how often new media is expected.
 */
export async function look(viewing: Viewing, url: string, segmentSeconds: number): Promise<Sight> {
  const begun = viewing.elapsed();
  let manifestMs: number | undefined;
  try {
    const first = await manifest(viewing, url);
    manifestMs = Math.round(viewing.elapsed() - begun);
    await viewing.sleep(Math.min(segmentSeconds, LONGEST_WAIT_SECONDS) * 1000);
    const second = await manifest(viewing, first.url);
    const fetched = viewing.elapsed();
    const { endsAt } = second.newest;
    const delay = endsAt === undefined ? undefined : seconds(viewing.now() - endsAt);
    await answered(viewing, second.newest.segmentUrl, { firstBytes: FIRST_BYTES });
    const segmentMs = Math.round(viewing.elapsed() - fetched);
    const advances = first.newest.mark !== second.newest.mark;
    const sight: Sight = {
      ok: true,
      trouble: '',
      staleSeconds: advances ? 0 : (second.age ?? delay ?? seconds(fetched - begun)),
      manifestMs,
      segmentMs,
    };
    return delay === undefined ? sight : { ...sight, liveDelaySeconds: delay };
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    return manifestMs === undefined ? { ok: false, trouble } : { ok: false, trouble, manifestMs };
  }
}

interface Manifest {
  /** Address to ask again: the media playlist. */
  readonly url: string;
  readonly newest: NewestMedia;
  /** Seconds since the origin had new media, where it says so. */
  readonly age: number | undefined;
}

async function manifest(viewing: Viewing, url: string): Promise<Manifest> {
  const answer = await answered(viewing, url);
  if (new URL(url).pathname.endsWith('.mpd')) {
    return { url, newest: newestOfMpd(answer.body, url), age: ageOf(answer, viewing.now()) };
  }
  const media = mediaPlaylistUrl(answer.body, url);
  const playlist = media === url ? answer : await answered(viewing, media);
  return { url: media, newest: newestOfPlaylist(playlist.body, media), age: ageOf(playlist, viewing.now()) };
}

/** Header by which MediaPackage v2 says when a manifest last had new media, in milliseconds since 1970. */
const LAST_UPDATED = 'x-mediapackage-manifest-last-updated';

/**
 * Seconds since the origin had new media: by MediaPackage's header, else by the date of a playlist in a bucket.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-manifest-last-updated.html
 */
function ageOf({ headers }: Answer, now: number): number | undefined {
  const updated = Number(headers.get(LAST_UPDATED) ?? Number.NaN);
  const modified = Date.parse(headers.get('last-modified') ?? '');
  const at = Number.isNaN(updated) ? modified : updated;
  return Number.isNaN(at) ? undefined : Math.max(0, seconds(now - at));
}

async function answered(viewing: Viewing, url: string, options?: { readonly firstBytes: number }): Promise<Answer> {
  const answer = await viewing.get(url, options);
  if (answer.status !== 200 && answer.status !== 206) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
