import { audioTracks, type EncoderPlan, type Track } from '../contract/plan';
import { audioCodec, videoCodec } from './codec-arguments';
import type { EncoderRun } from './encoder-run';
import { audioFilters, videoFilters } from './filter-arguments';
import { toBucket, toPackager } from './output-arguments';

/** Tracks of a plan by kind. The place of a track in its list is the number of its filter's output. */
interface Tracks {
  readonly videos: readonly (Track & { readonly kind: 'video' })[];
  readonly audios: readonly (Track & { readonly kind: 'audio' })[];
}

/** Options of the whole process. */
const PROCESS = [
  // The log goes to the screen, which has its own header.
  ['-hide_banner'],
  // Standard input is media: keys are not commands.
  ['-nostdin'],
  // The last line of the log is the complaint of a process that dies.
  ['-loglevel', 'error'],
  // Descriptor 3 keeps progress apart from the log.
  ['-progress', 'pipe:3'],
  // The pace is judged once a second.
  ['-stats_period', '1'],
].flat();

/** Options of the contribution on standard input. */
const CONTRIBUTION = [
  // A decoder with frame threads would add a frame of delay for each thread.
  ['-threads', '1'],
  // The ingest begins with the tables and a keyframe, so that little probing is enough. The demuxer reads all of this
  // before anything else, and PCM alone takes four seconds for a megabyte.
  ['-probesize', '100000'],
  // The frame rate is set by a filter: no frames are read to find it.
  ['-fpsprobesize', '0'],
  // Half a second holds the parameters of every stream.
  ['-analyzeduration', '500000'],
  ['-f', 'mpegts'],
  ['-i', 'pipe:0'],
].flat();

/** A second input for contributions without audio. */
const SILENCE = [
  // Without its own pace it would run ahead of the contribution.
  ['-re'],
  ['-f', 'lavfi'],
  ['-i', 'anullsrc=r=48000:cl=stereo'],
].flat();

/** Drains the contribution even where nothing is encoded from it, or ffmpeg would not read it. */
const DRAIN = [
  ['-map', '0'],
  ['-c', 'copy'],
  ['-f', 'null', '-'],
].flat();

/**
 * Builds the arguments that decode standard input once and encode every track of the plan from it. Progress goes to file
 * descriptor 3.
 */
export function encoderArguments(plan: EncoderPlan, run: EncoderRun): readonly string[] {
  const videos = plan.tracks.filter((track) => track.kind === 'video');
  const audios = audioTracks(plan);
  const args = [...PROCESS, ...CONTRIBUTION];
  if (run.audio === 'silence' && audios.length > 0) args.push(...SILENCE);
  if (videos.length > 0) args.push('-filter_complex', videoFilters(videos, plan.segmentSeconds, run.inStep));
  if (audios.length > 0) args.push('-filter_complex', audioFilters(audios, run.audio));
  if (run.audio === 'silence' && videos.length === 0) args.push(...DRAIN);
  const outputs =
    plan.hls === undefined ? cmafOutputs(plan, { videos, audios }, run) : hlsOutputs(plan, { videos, audios }, run);
  return [...args, ...outputs];
}

function hlsOutputs(plan: EncoderPlan, tracks: Tracks, run: EncoderRun): readonly string[] {
  const outputs = plan.hls?.outputs ?? [];
  return outputs.flatMap((output) => {
    const video = output.video === undefined ? [] : encoded(output.video, tracks, run);
    const audio = output.audio === undefined ? [] : encoded(output.audio, tracks, run);
    return [...video, ...audio, ...toBucket(output, plan, run)];
  });
}

function cmafOutputs(plan: EncoderPlan, tracks: Tracks, run: EncoderRun): readonly string[] {
  return plan.tracks.flatMap((track) => [
    ...encoded(track, tracks, run),
    ...toPackager(track, plan.segmentSeconds, run),
  ]);
}

/** Takes a track from its filter and encodes it. */
function encoded(track: Track, { videos, audios }: Tracks, run: EncoderRun): readonly string[] {
  return track.kind === 'video'
    ? ['-map', `[v${videos.indexOf(track)}]`, ...videoCodec(track, run)]
    : ['-map', `[a${audios.indexOf(track)}]`, ...audioCodec(track)];
}
