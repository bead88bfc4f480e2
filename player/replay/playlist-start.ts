import type { HlsConfig } from 'hls.js';
import { rewritingPlaylists } from '../engines/playlist-rewriting';
import type { Place } from '../past';

/** Room between the start of a window that moves on and the place at which to start, in target durations. */
const ROOM = 2;

/**
 * Marks a moment as the start of a media playlist, with the tag that every HLS player knows. hls.js itself can only be
 * told a position, and the position of a moment is known when the playlist is there.
 *
 * A multivariant playlist loses such a tag, because it would come first. A moment before the playlist starts at its
 * beginning; without dates, and after its end, the playlist stays as it is.
 *
 * @param date - milliseconds since 1970.
 * @see https://datatracker.ietf.org/doc/html/draft-pantos-hls-rfc8216bis#section-4.4.2.2
 */
export function withStart(playlist: string, date: number): string {
  const without = playlist.replace(/^#EXT-X-START:.*\r?\n?/gm, '');
  const offset = offsetOf(without, date);
  if (offset === undefined) return without;
  return without.replace(/^#EXTM3U.*$/m, `$&\n#EXT-X-START:TIME-OFFSET=${offset.toFixed(3)},PRECISE=YES`);
}

/** Seconds from the start of a media playlist to a moment. */
function offsetOf(playlist: string, date: number): number | undefined {
  const target = Number(/^#EXT-X-TARGETDURATION:(\d+)/m.exec(playlist)?.[1] ?? 0);
  // A playlist that only grows keeps its start.
  const grows = /^#EXT-X-(PLAYLIST-TYPE|ENDLIST)/m.test(playlist);
  let room = 0;
  let elapsed = 0;
  let clock: number | undefined;
  for (const [, tag, value = ''] of playlist.matchAll(/^#(EXT-X-PROGRAM-DATE-TIME|EXTINF):([^,\r\n]*)/gm)) {
    if (tag !== 'EXTINF') {
      const first = clock === undefined;
      clock = Date.parse(value);
      if (first && !grows && date < clock - target * 1000) room = ROOM * target;
      continue;
    }
    if (clock === undefined || Number.isNaN(clock)) return undefined;
    const length = Number(value);
    if (date < clock + length * 1000) return Math.max(elapsed + Math.max(0, date - clock) / 1000, room);
    elapsed += length;
    clock += length * 1000;
  }
  return undefined;
}

/** Returns settings of hls.js with which it starts at a place. */
export function startAt(
  place: () => Place,
  settings: Partial<HlsConfig>,
  loader: HlsConfig['loader'],
): Partial<HlsConfig> {
  const first = place();
  if ('seconds' in first) return { ...settings, startPosition: first.seconds };
  const { date } = first;
  return rewritingPlaylists(settings, loader, (playlist) => withStart(playlist, date));
}
