/** The newest `EXT-X-VERSION` of an HLS playlist that MediaConvert reads. */
const VERSION = 4;

/** Tags of a playlist that MediaConvert needs; it ignores some of the others, and its guide is silent about the rest. */
const KEPT = /^#EXT(?:M3U|INF:|-X-(?:TARGETDURATION|MEDIA-SEQUENCE|DISCONTINUITY|BYTERANGE|ENDLIST)(?![-\w]))/;

/** Reason why MediaConvert cannot read a recording. */
export class NotConvertibleError extends Error {
  override readonly name = 'NotConvertibleError';
}

/**
 * Writes a media playlist of a recording anew so that MediaConvert reads it: of version 4, with the tags that it needs.
 * The segments stay where they are, so the new playlist lies in the folder of the old one. Gaps have no file, and are left
 * out: MediaConvert would fail at them, and what it makes is shorter by them.
 *
 * @param playlist - text of a media playlist that has ended, with segments in MPEG-2 TS.
 * @throws NotConvertibleError for CMAF segments, which MediaConvert does not read from HLS; for encrypted segments; for a
 *   playlist that has not ended, or that lists no segment.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html
 */
export function conversionPlaylist(playlist: string): string {
  const lines = playlist.split(/\r?\n/).filter((line) => line.trim() !== '');
  const problem = problemOf(lines);
  if (problem !== undefined) throw new NotConvertibleError(problem);
  const [first = '', ...others] = withoutGaps(lines).filter((line) => !line.startsWith('#') || KEPT.test(line));
  return `${[first, `#EXT-X-VERSION:${VERSION}`, '#EXT-X-PLAYLIST-TYPE:VOD', ...others].join('\n')}\n`;
}

/** Tags that speak of one segment. */
const OF_SEGMENT = /^#EXT(?:INF:|-X-(?:GAP|BYTERANGE|DISCONTINUITY)(?![-\w]))/;

/**
 * Leaves segments out that are marked as gaps, and marks the ones after them.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-pantos-hls-rfc8216bis#section-4.4.4.7
 */
function withoutGaps(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let group: string[] = [];
  let afterGap = false;
  for (const line of lines) {
    group.push(line);
    if (line.startsWith('#')) continue;
    if (group.includes('#EXT-X-GAP')) {
      kept.push(...group.slice(0, -1).filter((tag) => !OF_SEGMENT.test(tag)));
      afterGap = true;
    } else {
      const isMarked = group.includes('#EXT-X-DISCONTINUITY');
      const at = group.findIndex((tag) => OF_SEGMENT.test(tag) || !tag.startsWith('#'));
      if (afterGap && !isMarked) group.splice(at, 0, '#EXT-X-DISCONTINUITY');
      kept.push(...group);
      afterGap = false;
    }
    group = [];
  }
  return [...kept, ...group];
}

/** Says why MediaConvert cannot read a media playlist; undefined when it can. */
function problemOf(lines: readonly string[]): string | undefined {
  const has = (tag: string) => lines.some((line) => line.startsWith(tag));
  if (has('#EXT-X-STREAM-INF')) return 'a multivariant playlist was given; a media playlist is needed';
  if (has('#EXT-X-MAP')) return 'the segments are CMAF; MediaConvert reads HLS in MPEG-2 TS only';
  const encrypted = lines.some((line) => line.startsWith('#EXT-X-KEY:') && !line.includes('METHOD=NONE'));
  if (encrypted) return 'the segments are encrypted; MediaConvert reads clear HLS only';
  if (!has('#EXT-X-ENDLIST')) return 'the playlist has no EXT-X-ENDLIST; it must have ended';
  return withoutGaps(lines).some((line) => line.startsWith('#EXTINF:')) ? undefined : 'the playlist lists no segment';
}

/** Adds up the lengths of the segments of a media playlist, in seconds. */
export function secondsOf(playlist: string): number {
  const lengths = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, seconds]) => Number(seconds));
  return lengths.reduce((all, seconds) => all + seconds, 0);
}
