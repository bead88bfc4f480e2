import { join } from 'node:path';

/** Length of the clip, in segments of one second: longer than a test waits. */
const SEGMENTS = 400;
/** Segments in the window. As many are there at the beginning. */
const WINDOW = 10;

/** A clip in segments of one second that is released as if it were live, as HLS and DASH. */
export class LiveClip {
  private began = Date.now();

  /** Arguments of ffmpeg that make the segments in a folder. */
  static arguments(folder: string): readonly string[] {
    return [
      ...['-loglevel', 'error'],
      ...['-f', 'lavfi', '-i', `testsrc=size=320x180:rate=10:duration=${SEGMENTS}`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'baseline', '-level', '1.3', '-pix_fmt', 'yuv420p'],
      // One keyframe a second, where a segment begins.
      ...['-g', '10', '-keyint_min', '10', '-sc_threshold', '0'],
      ...['-f', 'hls', '-hls_time', '1', '-hls_list_size', '0', '-hls_segment_type', 'fmp4'],
      ...['-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', join(folder, '%d.m4s')],
      join(folder, 'made.m3u8'),
    ];
  }

  /** Goes back to the beginning. */
  begin(): void {
    this.began = Date.now() - WINDOW * 1000;
  }

  /** Returns true for the initialization, and for segments that have been released. */
  has(name: string): boolean {
    return name === 'init.mp4' || (/^\d+\.m4s$/.test(name) && Number.parseInt(name, 10) < this.released);
  }

  /** The text of a manifest; undefined for other files. */
  manifest(name: string): string | undefined {
    if (name === 'index.m3u8') return MULTIVARIANT;
    if (name === 'video.m3u8') return this.mediaPlaylist();
    return name === 'index.mpd' ? this.mpd() : undefined;
  }

  private get released(): number {
    return Math.min(Math.floor((Date.now() - this.began) / 1000), SEGMENTS);
  }

  private mediaPlaylist(): string {
    const first = Math.max(this.released - WINDOW, 0);
    const names = Array.from({ length: this.released - first }, (_, index) => `#EXTINF:1,\n${first + index}.m4s`);
    const head = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:1', `#EXT-X-MEDIA-SEQUENCE:${first}`];
    return [...head, '#EXT-X-MAP:URI="init.mp4"', ...names, ''].join('\n');
  }

  private mpd(): string {
    return [
      '<?xml version="1.0"?>',
      '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic"',
      ` availabilityStartTime="${new Date(this.began).toISOString()}" minimumUpdatePeriod="PT1S" minBufferTime="PT1S"`,
      ` timeShiftBufferDepth="PT${WINDOW}S" suggestedPresentationDelay="PT4S">`,
      '<Period id="1" start="PT0S"><AdaptationSet mimeType="video/mp4" segmentAlignment="true">',
      '<SegmentTemplate duration="1" startNumber="0" initialization="init.mp4" media="$Number$.m4s"/>',
      '<Representation id="v" bandwidth="200000" codecs="avc1.42c00d" width="320" height="180" frameRate="10"/>',
      '</AdaptationSet></Period></MPD>',
    ].join('');
  }
}

const MULTIVARIANT = [
  '#EXTM3U',
  '#EXT-X-STREAM-INF:BANDWIDTH=200000,CODECS="avc1.42c00d",RESOLUTION=320x180,FRAME-RATE=10',
  'video.m3u8',
  '',
].join('\n');
