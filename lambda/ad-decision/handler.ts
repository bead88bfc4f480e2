import { siteOf } from '../shared/site';
import type { Campaign } from './campaign';
import { type Break, fill } from './fill';
import { clipPath } from './urls';
import { vast } from './vast';

/** A request of a function URL, as far as it is read here. */
export interface BreakRequest {
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** An answer to a player or an ad server. */
export interface BreakAnswer {
  readonly statusCode: 200 | 400 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Everything that a decision needs. */
export interface DecisionSurroundings {
  /** Names of the channels with breaks. */
  readonly channels: readonly string[];
  /** Reads the campaigns; none while there is no list. @throws Error */
  campaigns(): Promise<readonly Campaign[]>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Time for which a decision may be kept, in seconds; shorter for a break without ads. */
const AGE = { filled: 30, empty: 5 } as const;
/** Longest break that is filled, in seconds. */
const LONGEST = 3600;
/** Number of groups of viewers. */
const SLOTS = 64;

/**
 * Fills a break: `GET /ads/break?channel=main&id=7&seconds=30&slot=3`. The answer is an asset list for HLS
 * interstitials, or VAST with `format=vast`. A break that cannot be filled has an empty list, and the show goes on.
 *
 * @see https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf
 */
export async function decide(request: BreakRequest, around: DecisionSurroundings): Promise<BreakAnswer> {
  if (!/^(GET|HEAD)$/.test(request.requestContext.http.method)) return refusal(405, 'a break is asked for with GET');
  const query = request.queryStringParameters ?? {};
  const wanted = readBreak(query);
  if (typeof wanted === 'string') return refusal(400, wanted);
  if (!around.channels.includes(wanted.channel)) return refusal(404, 'a channel of this stack with breaks is needed');
  const ads = fill(await campaignsOf(around), wanted, around.now());
  const age = ads.length > 0 ? AGE.filled : AGE.empty;
  const { channel, id } = wanted;
  const site = siteOf(query['site'] ?? '');
  if (query['format'] === 'vast') {
    return answer('application/xml; charset=utf-8', vast(ads, { site, channel, id }), age);
  }
  // Appendix D.2 of RFC 8216bis asks for absolute addresses, which players that read the list on their own rely on.
  const assets = ads.map((ad) => ({ URI: site + clipPath(ad), DURATION: ad.seconds, 'X-AD-NAME': ad.name }));
  return answer('application/json', JSON.stringify({ ASSETS: assets }), age);
}

/** Reads a question; a sentence for one that is none. */
function readBreak(query: NonNullable<BreakRequest['queryStringParameters']>): Break | string {
  const { channel = '', id = '', seconds = '', slot = '0' } = query;
  if (!/^[\w-]{1,64}$/.test(id)) return 'id: letters, digits and hyphens are needed, at most 64';
  const length = seconds === '' ? Number.NaN : Number(seconds);
  if (!(length > 0 && length <= LONGEST)) return `seconds: a number above 0 and up to ${LONGEST} is needed`;
  const group = /^\d{1,2}$/.test(slot) ? Number(slot) : SLOTS;
  if (group >= SLOTS) return `slot: a whole number from 0 to ${SLOTS - 1} is needed`;
  return { channel, id, seconds: length, slot: group };
}

/** Reads the campaigns. A list that cannot be read leaves the break empty, because the show must go on. */
async function campaignsOf(around: DecisionSurroundings): Promise<readonly Campaign[]> {
  try {
    return await around.campaigns();
  } catch (error) {
    console.error(`The list of campaigns cannot be read, so the break stays empty: ${error}`);
    return [];
  }
}

function answer(type: string, body: string, ageSeconds: number): BreakAnswer {
  return { statusCode: 200, headers: headers(type, `public, max-age=${ageSeconds}`), body };
}

function refusal(statusCode: Exclude<BreakAnswer['statusCode'], 200>, sentence: string): BreakAnswer {
  return { statusCode, headers: headers('text/plain; charset=utf-8', 'no-store'), body: `${sentence}\n` };
}

function headers(type: string, cache: string): BreakAnswer['headers'] {
  return {
    'content-type': type,
    'cache-control': cache,
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  };
}
