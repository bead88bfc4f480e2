import { execFileSync } from 'node:child_process';

/** Length of a segment of the show. */
export const SEGMENT_SECONDS = 2;
/** Length of the show that is made. */
export const SHOW_SECONDS = 1800;

/** Segments of a playlist, by their numbers. */
export interface Playlist {
  readonly first: number;
  readonly last: number;
  readonly began: number;
  readonly tags: readonly string[];
  readonly end: boolean;
}

/** Writes a media playlist with the date of every segment. */
export function playlist({ first, last, began, tags, end }: Playlist): string {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${SEGMENT_SECONDS}`,
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    ...tags,
    '#EXT-X-MAP:URI="/media/init.mp4"',
    ...numbers.flatMap((number) => [
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(began + number * SEGMENT_SECONDS * 1000).toISOString()}`,
      `#EXTINF:${SEGMENT_SECONDS}.000,`,
      `/media/${number}.m4s`,
    ]),
    ...(end ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n');
}

/** Makes a show that counts its seconds, and its pictures. */
export function makeShow(folder: string): void {
  const source = `testsrc=size=320x180:rate=5:duration=${SHOW_SECONDS}`;
  ffmpeg(folder, [
    ...['-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-g', '10', '-keyint_min', '10'],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', '0', '-hls_segment_type', 'fmp4'],
    ...['-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', '%d.m4s', 'index.m3u8'],
  ]);
  ffmpeg(folder, ['-f', 'lavfi', '-i', 'testsrc2=size=320x90', '-frames:v', '1', 'sheet.jpg']);
  ffmpeg(folder, ['-f', 'lavfi', '-i', 'testsrc2=size=320x180', '-frames:v', '1', 'poster.jpg']);
}

function ffmpeg(folder: string, args: readonly string[]): void {
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A live MPD of a show that began at a date, with a window of some seconds. */
export function liveMpd(seconds: number, began: number): string {
  return `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="dynamic"
 profiles="urn:mpeg:dash:profile:isoff-live:2011" availabilityStartTime="${new Date(began).toISOString()}"
 publishTime="${new Date().toISOString()}" minimumUpdatePeriod="PT2S" minBufferTime="PT2S"
 timeShiftBufferDepth="PT${seconds}S" suggestedPresentationDelay="PT6S"><Period id="0" start="PT0S">
<AdaptationSet mimeType="video/mp4" contentType="video" segmentAlignment="true">
<SegmentTemplate timescale="1" duration="${SEGMENT_SECONDS}" startNumber="0" media="/media/$Number$.m4s" initialization="/media/init.mp4"/>
<Representation id="v" bandwidth="100000" width="320" height="180" codecs="avc1.42c00d"/></AdaptationSet></Period></MPD>`;
}
