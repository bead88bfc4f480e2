/** A break as a playlist marks it. */
export interface MarkedBreak {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly seconds: number;
}

/** Decides about a break: the address of its asset list; undefined to leave it alone. Asked anew for every playlist. */
export type Decide = (marked: MarkedBreak) => string | undefined;

const OUT = /^#EXT-X-DATERANGE:.*[:,]SCTE35-OUT=.*$/gm;

/**
 * Adds an interstitial behind every break that a playlist marks. The interstitial of a break has the same attributes in
 * every playlist, as RFC 8216 asks.
 *
 * It does not forbid to skip: the page itself decides when viewers may.
 *
 * @see https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf
 */
export function withInterstitials(playlist: string, decide: Decide): string {
  return playlist.replace(OUT, (tag) => {
    const marked = readBreak(tag);
    const list = marked && decide(marked);
    if (marked === undefined || list === undefined) return tag;
    const start = new Date(marked.start).toISOString();
    return `${tag}\n#EXT-X-DATERANGE:ID="ads-${marked.id}",CLASS="com.apple.hls.interstitial",START-DATE="${start}",DURATION=${marked.seconds},X-ASSET-LIST="${list}",X-PLAYOUT-LIMIT=${marked.seconds},X-RESTRICT="JUMP"`;
  });
}

/** Reads a break; undefined for one without a length, which may last for ever. */
function readBreak(tag: string): MarkedBreak | undefined {
  const read = (name: string): string => new RegExp(`[:,]${name}="?([^",]*)`).exec(tag)?.[1] ?? '';
  const id = breakName(read('ID'));
  const start = Date.parse(read('START-DATE'));
  const seconds = Number(read('PLANNED-DURATION') || read('DURATION'));
  return id !== '' && Number.isFinite(start) && seconds > 0 ? { id, start, seconds } : undefined;
}

/** Makes the name of a break from its id in a manifest: letters, digits and hyphens, at most 48. */
export function breakName(id: string): string {
  return id.replace(/[^\w-]/g, '-').slice(0, 48);
}
