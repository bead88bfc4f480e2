import { readSplice, type Splice } from './splice';

/** A break as a playlist of the origin marks it. */
export interface Avail {
  readonly id: string;
  /** As the marker has it, in ISO 8601. */
  readonly start: string;
  readonly seconds: number;
  readonly splice: Splice;
}

/** Addresses in the playlists of a guided session. */
export interface GuidedAddresses {
  /** Returns the address of a media playlist, given its address at the origin. */
  readonly playlist: (origin: string) => string;
  /** Returns the address of a segment, given its address at the origin. */
  readonly media: (origin: string) => string;
  /** Returns the address of the asset list of a break. */
  readonly list: (avail: Avail) => string;
}

const URI = /URI="([^"]*)"/;
/** Tags whose URI is a playlist. */
const PLAYLISTS = /^#EXT-X-(MEDIA|I-FRAME-STREAM-INF|RENDITION-REPORT|IMAGE-STREAM-INF):/;

/**
 * Rewrites a playlist of the origin for guided sessions: each playlist and each segment gets the address of a session, and
 * an interstitial follows the marker of each break with a length. The interstitial is the same in every playlist.
 *
 * @param origin - address of the playlist at the origin.
 * @see RFC 8216bis, appendix D
 */
export function guidedPlaylist(text: string, origin: string, addresses: GuidedAddresses): string {
  const isMultivariant = text.includes('#EXT-X-STREAM-INF');
  const at = (uri: string): string => new URL(uri, origin).href;
  const lines = text.split('\n').flatMap((line) => {
    if (line.startsWith('#EXT-X-DATERANGE:')) return [line, ...interstitial(line, addresses)];
    if (line.startsWith('#')) {
      const address = PLAYLISTS.test(line) ? addresses.playlist : addresses.media;
      return line.replace(URI, (_, uri: string) => `URI="${address(at(uri))}"`);
    }
    if (line.trim() === '') return line;
    return isMultivariant ? addresses.playlist(at(line)) : addresses.media(at(line));
  });
  return lines.join('\n');
}

function interstitial(tag: string, { list }: GuidedAddresses): readonly string[] {
  const avail = readAvail(tag);
  if (avail === undefined) return [];
  const { id, start, seconds } = avail;
  const length = seconds.toFixed(3);
  return [
    `#EXT-X-DATERANGE:ID="aws-mediatailor-avail-${id}",CLASS="com.apple.hls.interstitial",START-DATE="${start}",DURATION=${length},X-ASSET-LIST="${list(avail)}",X-PLAYOUT-LIMIT=${length},X-RESTRICT="SKIP,JUMP"`,
  ];
}

/**
 * Reads the marker of a break; undefined for another tag, and for a break without a length.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/hls-ad-markers.html
 */
function readAvail(tag: string): Avail | undefined {
  const read = (name: string): string => new RegExp(`[:,]${name}="?([^",]*)`).exec(tag)?.[1] ?? '';
  const out = read('SCTE35-OUT');
  if (out === '') return undefined;
  const splice = readSplice(out.replace(/^0x/i, ''));
  const seconds = Number(read('PLANNED-DURATION') || read('DURATION')) || splice.seconds || 0;
  const start = read('START-DATE');
  return seconds > 0 && start !== '' ? { id: read('ID').replace(/[^\w-]/g, '-'), start, seconds, splice } : undefined;
}
