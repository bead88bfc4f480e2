/** A segment of a media playlist, with the lines that go before it. Times are in milliseconds since 1970. */
export interface ListedSegment {
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  /** Tags of the segment, without its date: `#EXTINF` is among them. */
  readonly tags: readonly string[];
}

/** Tags that go before a segment and belong to it. Those of the whole playlist are left out. */
const OF_SEGMENT = /^#EXT(?:INF:|-X-(?:DISCONTINUITY|GAP|BYTERANGE|CUE|DATERANGE|SCTE35|ASSET|OATCLS)(?!-SEQUENCE))/;
const DISCONTINUITY = '#EXT-X-DISCONTINUITY';
const DATE = '#EXT-X-PROGRAM-DATE-TIME:';
/** Shortest time without media that is a gap, in milliseconds. */
const GAP = 1000;

/**
 * Lists the segments of a media playlist. Those before the first date have no time, and are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2
 */
export function listedSegments(text: string): readonly ListedSegment[] {
  const found: ListedSegment[] = [];
  let tags: string[] = [];
  let at = Number.NaN;
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line.startsWith(DATE)) at = Date.parse(line.slice(DATE.length));
    else if (OF_SEGMENT.test(line)) tags.push(line);
    else if (line !== '' && !line.startsWith('#')) {
      const end = at + secondsOf(tags) * 1000;
      if (!Number.isNaN(end)) found.push({ start: at, end, uri: line, tags });
      at = end;
      tags = [];
    }
  }
  return found;
}

/**
 * Adds the segments to a list that come after it. Where media is missing in between, the first of them begins a new
 * timeline, as it may have one.
 */
export function appended(known: readonly ListedSegment[], listed: readonly ListedSegment[]): readonly ListedSegment[] {
  const end = known.at(-1)?.end;
  const [first, ...others] = listed.filter((one) => end === undefined || one.start > end - GAP / 2);
  if (first === undefined) return known;
  const isSeam = end !== undefined && first.start - end > GAP && !first.tags.includes(DISCONTINUITY);
  const tags = isSeam ? [DISCONTINUITY, ...first.tags] : first.tags;
  return [...known, { ...first, tags }, ...others];
}

/** Writes a media playlist that has ended. @param address - makes the address of a segment. */
export function endedPlaylist(segments: readonly ListedSegment[], address = (uri: string) => uri): string {
  const longest = Math.max(1, ...segments.map(({ start, end }) => Math.ceil((end - start) / 1000 - 0.5)));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segments.flatMap(({ start, uri, tags }, index) => [
      // Nothing goes before the first one.
      ...(index === 0 ? tags.filter((tag) => tag !== DISCONTINUITY) : tags),
      `${DATE}${new Date(start).toISOString()}`,
      address(uri),
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

function secondsOf(tags: readonly string[]): number {
  const inf = tags.findLast((tag) => tag.startsWith('#EXTINF:')) ?? '';
  return Number.parseFloat(inf.slice('#EXTINF:'.length));
}
