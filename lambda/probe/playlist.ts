/** Newest media of a media playlist or a DASH manifest. */
export interface NewestMedia {
  /** Changes whenever there is new media. */
  readonly mark: string;
  /** Address of the newest whole segment, absolute. */
  readonly segmentUrl: string;
  /** When the newest media ends, in milliseconds since 1970; undefined when the manifest does not date it. */
  readonly endsAt: number | undefined;
}

/** A manifest that says nothing of any media: it has none yet, or cannot be read. */
export class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
}

/**
 * Finds the first variant of a multivariant playlist; the address itself for a media playlist.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2
 */
export function mediaPlaylistUrl(text: string, url: string): string {
  const lines = linesOf(text);
  const at = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  if (at < 0) return url;
  const uri = lines.slice(at + 1).find((line) => !line.startsWith('#'));
  if (uri === undefined) throw new NoMediaError('the multivariant playlist lists no variant');
  return new URL(uri, url).href;
}

/**
 * Reads the newest media of a media playlist: whole segments, and the parts after them.
 *
 * @throws NoMediaError for a playlist without a segment.
 * @see https://datatracker.ietf.org/doc/html/draft-pantos-hls-rfc8216bis
 */
export function newestOfPlaylist(text: string, url: string): NewestMedia {
  let seconds = 0;
  let dated: number | undefined;
  let segment: string | undefined;
  let part = '';
  let inParts = 0;
  for (const line of linesOf(text)) {
    const [tag = '', value = ''] = split(line);
    if (tag === '#EXT-X-PROGRAM-DATE-TIME') {
      dated = Date.parse(value);
    } else if (tag === '#EXTINF') {
      seconds = Number.parseFloat(value);
    } else if (tag === '#EXT-X-PART') {
      part = /URI="([^"]*)"/.exec(value)?.[1] ?? '';
      inParts += Number(/DURATION=([\d.]+)/.exec(value)?.[1] ?? 0);
    } else if (!line.startsWith('#')) {
      segment = line;
      dated = dated === undefined ? undefined : dated + seconds * 1000;
      part = '';
      inParts = 0;
    }
  }
  if (segment === undefined) throw new NoMediaError('the media playlist lists no segment');
  return {
    mark: `${segment} ${part}`,
    segmentUrl: new URL(segment, url).href,
    endsAt: dated === undefined || Number.isNaN(dated) ? undefined : dated + inParts * 1000,
  };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines[0] !== '#EXTM3U') throw new NoMediaError('the answer is no playlist: it does not begin with #EXTM3U');
  return lines.filter((line) => line !== '');
}

function split(line: string): readonly string[] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line] : [line.slice(0, colon), line.slice(colon + 1)];
}
