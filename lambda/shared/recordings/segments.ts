/** A segment of a media playlist. Times are in milliseconds since 1970, by the clock of the source. */
export interface TimedSegment {
  readonly start: number;
  readonly end: number;
  /** True for a time without media, which a playlist lists all the same. */
  readonly isGap?: true;
}

/** Tells whether a text is a multivariant playlist. */
export function isMultivariant(text: string): boolean {
  return text.includes('#EXT-X-STREAM-INF');
}

/** A variant of a multivariant playlist. */
export interface Variant {
  readonly uri: string;
  /** Highest bitrate in bits/s. */
  readonly bandwidth: number;
  /** Pixels across; 0 where the playlist does not say. */
  readonly width: number;
}

/**
 * Lists the variants of a multivariant playlist.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2
 */
export function variantsOf(text: string): readonly Variant[] {
  const lines = linesOf(text);
  return lines.flatMap((line, index) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return [];
    const uri = lines.slice(index + 1).find((next) => !next.startsWith('#'));
    if (uri === undefined) return [];
    const bandwidth = Number(/[:,]BANDWIDTH=(\d+)/.exec(line)?.[1] ?? 0);
    return [{ uri, bandwidth, width: Number(/RESOLUTION=(\d+)x/.exec(line)?.[1] ?? 0) }];
  });
}

/**
 * Lists the segments of a media playlist by their times. Those before the first `EXT-X-PROGRAM-DATE-TIME` have none, and
 * are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2.6
 */
export function timedSegments(text: string): readonly TimedSegment[] {
  const segments: TimedSegment[] = [];
  let at = Number.NaN;
  let seconds = 0;
  let isGap = false;
  for (const line of linesOf(text)) {
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) {
      at = Date.parse(line.slice(line.indexOf(':') + 1));
    } else if (line.startsWith('#EXTINF:')) {
      seconds = Number.parseFloat(line.slice(8));
    } else if (line === '#EXT-X-GAP') {
      isGap = true;
    } else if (!line.startsWith('#')) {
      const end = at + seconds * 1000;
      if (!Number.isNaN(end)) segments.push(isGap ? { start: at, end, isGap } : { start: at, end });
      at = end;
      isGap = false;
    }
  }
  return segments;
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
