import { siteOf } from '../shared/site';
import { isMultivariant, relocated } from './addresses';
import { withInterstitials } from './interstitials';

/** A request of a function URL, as far as it is read here. */
export interface PlaylistRequest {
  readonly rawPath: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** An answer to a player. */
export interface PlaylistAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A public channel with breaks. */
export interface MarkedChannel {
  readonly name: string;
  /** Beginning of the paths of its playlists at the edge: `/out/v1/live/main/`. */
  readonly folder: string;
}

/** Everything that the function needs. */
export interface PlaylistSurroundings {
  readonly channels: readonly MarkedChannel[];
  /** Beginning of the paths that it serves: `/guided`. */
  readonly prefix: string;
  /** Path at the edge that says what a break is filled with. */
  readonly list: string;
  /** Ways in which a player must not leave an ad, as HLS names them. */
  readonly restrict: string;
  /** Reads a playlist through the edge. @throws Error when there is no answer in time */
  get(url: string): Promise<{ readonly status: number; readonly body: string }>;
}

/** Seconds for which the edge keeps a playlist. */
const KEPT = 1;
/** Parameters that make an answer wait for media, as LL-HLS has them. A playlist without a skip is always right. */
const PASSED_ON = ['_HLS_msn', '_HLS_part'];
/** A path without encoded characters, empty parts and dots alone. */
const PLAIN_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.~=,+:@-]+)+\.m3u8$/;

/**
 * Serves a playlist with the ads in it, for players that show HLS interstitials on their own: the playlist of the stack,
 * with an interstitial behind each break. It is read through the edge, as viewers read it, so that the cache serves both.
 *
 * @see https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf
 */
export async function playlist(request: PlaylistRequest, around: PlaylistSurroundings): Promise<PlaylistAnswer> {
  const { channels, prefix, list, restrict } = around;
  if (!/^(GET|HEAD)$/.test(request.requestContext.http.method)) return refusal(405, 'a playlist is asked for with GET');
  const { queryStringParameters: query = {}, rawPath } = request;
  const path = rawPath.startsWith(`${prefix}/`) ? rawPath.slice(prefix.length) : '';
  if (!PLAIN_PATH.test(path)) return refusal(404, 'the path of a playlist is needed');
  const channel = channels.find(({ folder }) => path.startsWith(folder));
  if (channel === undefined) return refusal(404, 'a public channel of this stack with breaks is needed');
  const site = siteOf(query['site'] ?? '');
  if (site === '') return refusal(400, 'the name of the site is missing');
  const found = await around.get(site + path + waiting(query)).catch((error: unknown) => {
    console.error(error);
    return { status: 504, body: '' };
  });
  if (found.status !== 200) return refusal(found.status, 'the stream has no such playlist at this moment');
  const placed = relocated(found.body, { path, prefix });
  const rules = { channel: channel.name, list, restrict };
  const body = isMultivariant(found.body) ? placed : withInterstitials(placed, rules);
  return { statusCode: 200, headers: headers('application/vnd.apple.mpegurl', `public, max-age=${KEPT}`), body };
}

function waiting(query: NonNullable<PlaylistRequest['queryStringParameters']>): string {
  const passed = PASSED_ON.flatMap((name) => (/^\d+$/.test(query[name] ?? '') ? [`${name}=${query[name]}`] : []));
  return passed.length === 0 ? '' : `?${passed.join('&')}`;
}

function refusal(statusCode: number, sentence: string): PlaylistAnswer {
  return { statusCode, headers: headers('text/plain; charset=utf-8', 'no-store'), body: `${sentence}\n` };
}

function headers(type: string, cache: string): PlaylistAnswer['headers'] {
  return {
    'content-type': type,
    'cache-control': cache,
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  };
}
