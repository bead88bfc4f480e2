import { audioSpecifier } from '../contract/passed-audio';
import type { AudioTrack, VideoTrack } from '../contract/plan';
import type { AudioSource } from './audio-source';
import type { InStep } from './gop-clock';
import { liveFrames } from './live-frames';

/** Deinterlaces frames that are marked as interlaced, and no others. */
const DEINTERLACED = 'yadif=deint=interlaced';

/**
 * Builds the filters of all video tracks. ffmpeg makes filters anew when the frame size changes, so none of them counts
 * frames from the beginning. The ingest ensures that the stream begins with video.
 */
export function videoFilters(
  tracks: readonly VideoTrack[],
  segmentSeconds: number,
  inStep: InStep | undefined,
): string {
  const [first] = tracks;
  const alike = tracks.every((track) => rate(track) === (first && rate(first)));
  const steady = (track: VideoTrack) => `fps=${rate(track)},${liveFrames(track, segmentSeconds, inStep)}`;
  const common = [DEINTERLACED];
  if (alike && first) common.push(steady(first));
  common.push('format=yuv420p', `split=${tracks.length}`);
  const branches = tracks.map((track, index) => {
    const filters = alike ? [] : [steady(track)];
    filters.push(...scaled(track), 'setsar=1');
    return `[s${index}]${filters.join(',')}[v${index}]`;
  });
  return `[0:v]${common.join(',')}${pads('s', tracks.length)};${branches.join(';')}`;
}

function scaled({ width, height, fit }: VideoTrack): readonly string[] {
  const scale = `scale=${width}:${height}:flags=bilinear`;
  return fit === 'stretch'
    ? [scale]
    : [`${scale}:force_original_aspect_ratio=decrease`, `pad=${width}:${height}:-1:-1`];
}

/**
 * Builds the filters of all audio tracks. An AAC encoder begins with one frame (1024 samples) of run-up, which the track
 * cannot place before zero. So the audio begins at 1024 samples and the run-up takes the place before, which keeps audio
 * and video in sync. Gaps and overlaps of over 20 ms, such as at the seam of a loop, are filled or cut.
 */
export function audioFilters(tracks: readonly AudioTrack[], audio: AudioSource): string {
  const stream = (track: AudioTrack) => (audio === 'silence' ? '1:a' : `0:${audioSpecifier(track.source, tracks)}`);
  return [...new Set(tracks.map(stream))]
    .map((from) => {
      const outlets = tracks.flatMap((track, index) => (stream(track) === from ? [`[a${index}]`] : []));
      return `[${from}]aresample=async=1:min_hard_comp=0.02:first_pts=1024,asplit=${outlets.length}${outlets.join('')}`;
    })
    .join(';');
}

function rate({ frameRate: { numerator, denominator } }: VideoTrack): string {
  return `${numerator}/${denominator}`;
}

function pads(letter: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `[${letter}${index}]`).join('');
}
