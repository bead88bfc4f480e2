import type { EncoderPlan, HlsOutput, Track } from '../contract/plan';
import type { EncoderRun } from './encoder-run';

/** Properties of CMAF fragments. */
const CMAF_FLAGS = [
  // Fragments as CMAF has them.
  'cmaf',
  // A fragment begins at every keyframe.
  'frag_keyframe',
  // The header holds no samples, so that it can be sent first.
  'empty_moov',
  // Offsets count from each fragment.
  'default_base_moof',
  // The header waits for the first packets, which hold parameters of the codecs.
  'delay_moov',
  // A live stream has no index at its end.
  'skip_trailer',
];

/** Posts a track as CMAF, in fragments of half a segment. */
export function toPackager(track: Track, segmentSeconds: number, run: EncoderRun): readonly string[] {
  const clock = run.inStep === undefined ? '' : `&clock=${run.inStep.clockSeconds.toFixed(6)}`;
  const file = `${encodeURIComponent(track.name)}.${track.kind === 'video' ? 'cmfv' : 'cmfa'}`;
  return [
    ['-f', 'mp4'],
    ['-movflags', `+${CMAF_FLAGS.join('+')}`],
    // Half a segment, in microseconds.
    ['-frag_duration', String(Math.round(segmentSeconds * 500_000))],
    // Each fragment is sent as soon as it is complete.
    ['-flush_packets', '1'],
    // The packager places the track by its timestamps.
    ['-use_editlist', '0'],
    ['-method', 'POST'],
    [`${run.ingestUrl}${file}?session=${run.session}${clock}`],
  ].flat();
}

/** Properties of HLS playlists. */
const HLS_FLAGS = [
  // A process that takes over continues the existing playlist, after a discontinuity.
  'append_list',
  // Segments that have left the playlist are deleted.
  'delete_segments',
  // Every segment begins with a keyframe.
  'independent_segments',
  // A process that ends does not end the stream.
  'omit_endlist',
  // Segments carry their time.
  'program_date_time',
  // Names of segments have a number beside their time.
  'second_level_segment_index',
];

/** MediaLive's variables in the terms of strftime. */
const TIME = { dt: '%Y%m%dT%H%M%S', d: '%Y%m%d', t: '%H%M%S' } as const;

/**
 * Writes HLS in MPEG-TS, as files that are put once they are complete. A process that takes over from another reads the
 * existing playlist and continues it after a discontinuity, so that numbers and window stay.
 */
export function toBucket(
  output: HlsOutput,
  { hls, segmentSeconds }: EncoderPlan,
  { ingestUrl }: EncoderRun,
): readonly string[] {
  const { listed = 0, kept = 0 } = hls ?? {};
  const name = `${ingestUrl}${output.nameModifier}`;
  const time = output.segmentModifier.replaceAll(/\$(dt|d|t)\$/g, (_, unit: keyof typeof TIME) => TIME[unit]);
  return [
    // Video waits 0.2 s for audio that has stopped, not 10 s.
    ['-max_interleave_delta', '200000'],
    ['-f', 'hls'],
    ['-method', 'PUT'],
    ['-hls_segment_type', 'mpegts'],
    ['-hls_time', String(segmentSeconds)],
    ['-hls_list_size', String(listed)],
    // Segments beyond the playlist that are kept before they are deleted.
    ['-hls_delete_threshold', String(Math.max(1, kept - listed))],
    ['-hls_flags', HLS_FLAGS.join('+')],
    // Names of segments hold the time of the segment.
    ['-strftime', '1'],
    ['-hls_segment_filename', `${name}${time}_%%05d.ts`],
    [`${name}.m3u8`],
  ].flat();
}
