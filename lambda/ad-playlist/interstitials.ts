/** Rules for the interstitials of a playlist. */
export interface InterstitialRules {
  readonly channel: string;
  /** Path at the edge that says what a break is filled with. */
  readonly list: string;
  /** Ways in which the player must not leave an ad, as HLS names them: `JUMP`, or `SKIP,JUMP`. */
  readonly restrict: string;
}

/** A break as a playlist marks it; times in milliseconds since 1970. */
interface MarkedBreak {
  readonly id: string;
  readonly start: number;
  readonly seconds: number;
}

const OUT = /^#EXT-X-DATERANGE:.*[:,]SCTE35-OUT=.*$/gm;

/**
 * Adds an interstitial behind every break that a media playlist marks, except for breaks inside of others. The tag of a
 * break is the same in every playlist, as RFC 8216 asks. `player/ads/interstitials.ts` writes the same tags.
 *
 * @see https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf
 */
export function withInterstitials(playlist: string, { channel, list, restrict }: InterstitialRules): string {
  let lastEnd = 0;
  return playlist.replace(OUT, (tag) => {
    const marked = readBreak(tag);
    if (marked === undefined || marked.start < lastEnd) return tag;
    const { id, start, seconds } = marked;
    lastEnd = start + seconds * 1000;
    const attributes = [
      `ID="ads-${id}"`,
      'CLASS="com.apple.hls.interstitial"',
      `START-DATE="${new Date(start).toISOString()}"`,
      `DURATION=${seconds}`,
      `X-ASSET-LIST="${list}?${new URLSearchParams({ channel, id, seconds: String(seconds) })}"`,
      `X-PLAYOUT-LIMIT=${seconds}`,
      `X-RESTRICT="${restrict}"`,
    ];
    return `${tag}\n#EXT-X-DATERANGE:${attributes.join(',')}`;
  });
}

/** Reads a break; undefined for one without a length, which may last for ever. */
function readBreak(tag: string): MarkedBreak | undefined {
  const read = (name: string): string => new RegExp(`[:,]${name}="?([^",]*)`).exec(tag)?.[1] ?? '';
  const id = read('ID')
    .replace(/[^\w-]/g, '-')
    .slice(0, 48);
  const start = Date.parse(read('START-DATE'));
  const seconds = Number(read('PLANNED-DURATION') || read('DURATION'));
  return id !== '' && Number.isFinite(start) && seconds > 0 ? { id, start, seconds } : undefined;
}
