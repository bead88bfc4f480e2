import { audioSpecifier } from '../contract/passed-audio';
import {
  type AudioTrack,
  audioTracks,
  type EncoderPlan,
  type HlsOutput,
  type Track,
  type VideoRate,
  type VideoTrack,
} from '../contract/plan';
import type { InStep } from './gop-clock';
import { keyframeTimes, liveFrames } from './live-frames';

/** The speed presets of x264 that the local run chooses from, the slowest first. */
export const PRESETS = ['veryfast', 'superfast', 'ultrafast'] as const;
export type Preset = (typeof PRESETS)[number];

/** Choices of one encoder process beside the plan. */
export interface EncoderRun {
  /** Address that the tracks are posted to. It ends in `/`; for HLS, names are appended to it. */
  readonly ingestUrl: string;
  /** Unique for each encoder process: its timestamps start at zero. */
  readonly session: string;
  readonly preset: Preset;
  /** Codec in place of HEVC: itself, or H.264 where this ffmpeg has no x265 or this machine is too slow for it. */
  readonly hevcAs: 'hevc' | 'h264';
  /** Source of the audio: the input, or silence when the input has none. */
  readonly audio: 'input' | 'silence';
  /** Name of the option that lets this ffmpeg leave out frames. */
  readonly frameOption: '-fps_mode' | '-vsync';
  /** Position of its GOPs on the clock; left out where they begin with the first frame. */
  readonly inStep?: InStep;
}

/** Latency: little probing, and further down a decoder without frame threads, no look-ahead, no B-frames. */
const QUIET = ['-hide_banner', '-nostdin', '-loglevel'];
const PROBE = ['-fpsprobesize', '0', '-analyzeduration'];

/**
 * Builds the arguments that decode standard input once and encode every track of the plan from it. Progress goes to
 * file descriptor 3.
 */
export function encoderArguments(plan: EncoderPlan, run: EncoderRun): readonly string[] {
  const videos = plan.tracks.filter((track) => track.kind === 'video');
  const audios = audioTracks(plan);
  const silence = ['-re', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo'];
  return [
    ...QUIET,
    'error',
    ...['-progress', 'pipe:3', '-stats_period', '1'],
    ...['-threads', '1', '-probesize', '1000000', ...PROBE, '500000', '-f', 'mpegts', '-i', 'pipe:0'],
    ...(run.audio === 'silence' && audios.length > 0 ? silence : []),
    ...(videos.length > 0 ? ['-filter_complex', videoFilters(videos, plan.segmentSeconds, run.inStep)] : []),
    ...(audios.length > 0 ? ['-filter_complex', audioFilters(audios, run.audio)] : []),
    // Somebody must read the input where nothing is encoded from it.
    ...(run.audio === 'silence' && videos.length === 0 ? ['-map', '0', '-c', 'copy', '-f', 'null', '-'] : []),
    ...(plan.hls?.outputs ?? []).flatMap((output) => [
      ...(output.video ? ['-map', `[v${videos.indexOf(output.video)}]`, ...videoCodec(output.video, run)] : []),
      ...(output.audio ? ['-map', `[a${audios.indexOf(output.audio)}]`, ...audioCodec(output.audio)] : []),
      ...toBucket(output, plan, run),
    ]),
    ...(plan.hls === undefined ? plan.tracks : []).flatMap((track) => [
      ...(track.kind === 'video'
        ? ['-map', `[v${videos.indexOf(track)}]`, ...videoCodec(track, run)]
        : ['-map', `[a${audios.indexOf(track)}]`, ...audioCodec(track)]),
      ...toPackager(track, plan.segmentSeconds, run),
    ]),
  ];
}

/** Quotes a command line for a POSIX shell. */
export function shellCommand(command: string, args: readonly string[]): string {
  return [command, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

/** Deinterlaces frames that are marked as interlaced, and no others. */
const DEINTERLACED = 'yadif=deint=interlaced';

/**
 * Builds the filters of all video tracks. ffmpeg makes filters anew when the frame size changes, so none of them counts
 * frames from the beginning. The ingest ensures that the stream begins with video.
 */
function videoFilters(tracks: readonly VideoTrack[], segmentSeconds: number, inStep: InStep | undefined): string {
  const [first] = tracks;
  const alike = tracks.every((track) => rate(track) === (first && rate(first)));
  const steady = (track: VideoTrack) => `fps=${rate(track)},${liveFrames(track, segmentSeconds, inStep)}`;
  const common = [
    DEINTERLACED,
    ...(alike && first ? [steady(first)] : []),
    'format=yuv420p',
    `split=${tracks.length}`,
  ].join(',');
  const branches = tracks.map((track, index) => {
    const filters = [...(alike ? [] : [steady(track)]), ...scaled(track), 'setsar=1'];
    return `[s${index}]${filters.join(',')}[v${index}]`;
  });
  return `[0:v]${common}${pads('s', tracks.length)};${branches.join(';')}`;
}

function scaled({ width, height, fit }: VideoTrack): readonly string[] {
  const scale = `scale=${width}:${height}:flags=bilinear`;
  return fit === 'stretch'
    ? [scale]
    : [`${scale}:force_original_aspect_ratio=decrease`, `pad=${width}:${height}:-1:-1`];
}

/**
 * Builds the filters of all audio tracks. An AAC encoder begins with one frame (1024 samples) of run-up, which the
 * track cannot place before zero. So the audio begins at 1024 samples and the run-up takes the place before, which
 * keeps audio and video in sync. Gaps and overlaps of over 20 ms, such as at the seam of a loop, are filled or cut.
 */
function audioFilters(tracks: readonly AudioTrack[], audio: EncoderRun['audio']): string {
  const stream = (track: AudioTrack) => (audio === 'silence' ? '1:a' : `0:${audioSpecifier(track.source, tracks)}`);
  return [...new Set(tracks.map(stream))]
    .map((from) => {
      const outlets = tracks.flatMap((track, index) => (stream(track) === from ? [`[a${index}]`] : []));
      return `[${from}]aresample=async=1:min_hard_comp=0.02:first_pts=1024,asplit=${outlets.length}${outlets.join('')}`;
    })
    .join(';');
}

/** Two frame threads cost one frame of delay and keep two cores busier than slices do, for less. */
function videoCodec(track: VideoTrack, { preset, hevcAs, inStep, frameOption }: EncoderRun): readonly string[] {
  const gop = String(track.gopFrames);
  const hevc = track.codec === 'hevc' && hevcAs === 'hevc';
  return [
    ...(hevc ? x265(preset) : x264(track, preset)),
    ...rateControl(track.rate),
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0'],
    ...['-force_key_frames', keyframeTimes(track, inStep), '-forced-idr', '1'],
    // Frames that are left out stay out.
    ...[frameOption, 'vfr'],
  ];
}

function x264({ profile, level }: VideoTrack, preset: Preset): readonly string[] {
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-tune', 'zerolatency', '-bf', '0'],
    ...['-threads', '2', '-thread_type', 'frame', '-profile:v', profile],
    ...(level === undefined ? [] : ['-level', level]),
  ];
}

/** `hvc1` keeps the parameters out of the pictures, as Apple's players ask; x265 has GOPs open unless it is told. */
function x265(preset: Preset): readonly string[] {
  return [
    ...['-c:v', 'libx265', '-preset', preset, '-tune', 'zerolatency', '-bf', '0', '-tag:v', 'hvc1'],
    ...['-profile:v', 'main', '-x265-params', 'log-level=error:open-gop=0:scenecut=0:pools=2:frame-threads=1'],
  ];
}

/**
 * Sets the rate control. Quality levels 1–10 become x264's constant rate factors 32.5–19: level 8, for 720p and above,
 * is x264's usual 22.
 */
function rateControl(rate: VideoRate): readonly string[] {
  const target = rate.mode === 'quality' ? ['-crf', String(34 - 1.5 * rate.level)] : ['-b:v', String(rate.bitrate)];
  return [...target, '-maxrate', String(rate.maxBitrate), '-bufsize', String(rate.bufferBits)];
}

function audioCodec({ bitrate, sampleRate, channels, language, title }: AudioTrack): readonly string[] {
  return [
    ...['-c:a', 'aac', '-b:a', String(bitrate), '-ar', String(sampleRate), '-ac', String(channels)],
    ...(language === undefined ? [] : ['-metadata:s:a:0', `language=${language}`]),
    ...(title === undefined ? [] : ['-metadata:s:a:0', `handler_name=${title}`]),
  ];
}

/** Fragments of half a segment, cut at keyframes as well, each sent when it is complete. */
function toPackager(track: Track, segmentSeconds: number, run: EncoderRun): readonly string[] {
  const clock = run.inStep === undefined ? '' : `&clock=${run.inStep.clockSeconds.toFixed(6)}`;
  const file = `${encodeURIComponent(track.name)}.${track.kind === 'video' ? 'cmfv' : 'cmfa'}`;
  return [
    ...['-f', 'mp4', '-movflags', '+cmaf+frag_keyframe+empty_moov+default_base_moof+delay_moov+skip_trailer'],
    ...['-frag_duration', String(Math.round(segmentSeconds * 500_000)), '-flush_packets', '1', '-use_editlist', '0'],
    ...['-method', 'POST', `${run.ingestUrl}${file}?session=${run.session}${clock}`],
  ];
}

/**
 * Writes HLS in MPEG-TS, as files that are put once they are complete. A process that takes over from another reads the
 * existing playlist and continues it after a discontinuity, so that numbers and window stay.
 */
function toBucket(
  output: HlsOutput,
  { hls, segmentSeconds }: EncoderPlan,
  { ingestUrl }: EncoderRun,
): readonly string[] {
  const { listed = 0, kept = 0 } = hls ?? {};
  const name = `${ingestUrl}${output.nameModifier}`;
  const time = output.segmentModifier.replaceAll(/\$(dt|d|t)\$/g, (_, unit: keyof typeof TIME) => TIME[unit]);
  const flags = 'append_list+delete_segments+independent_segments+omit_endlist+program_date_time';
  return [
    // The picture does not wait for sound that has stopped.
    ...['-max_interleave_delta', '200000'],
    ...['-f', 'hls', '-method', 'PUT', '-hls_segment_type', 'mpegts', '-hls_time', String(segmentSeconds)],
    ...['-hls_list_size', String(listed), '-hls_delete_threshold', String(Math.max(1, kept - listed))],
    ...['-hls_flags', `${flags}+second_level_segment_index`, '-strftime', '1'],
    ...['-hls_segment_filename', `${name}${time}_%%05d.ts`, `${name}.m3u8`],
  ];
}

/** MediaLive's variables in the terms of strftime. */
const TIME = { dt: '%Y%m%dT%H%M%S', d: '%Y%m%d', t: '%H%M%S' } as const;

function rate({ frameRate: { numerator, denominator } }: VideoTrack): string {
  return `${numerator}/${denominator}`;
}

function pads(letter: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `[${letter}${index}]`).join('');
}
