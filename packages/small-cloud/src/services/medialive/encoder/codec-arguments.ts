import type { AudioTrack, VideoRate, VideoTrack } from '../contract/plan';
import type { EncoderRun } from './encoder-run';
import { keyframeTimes } from './live-frames';
import type { Preset } from './presets';

/** Encodes a video track. */
export function videoCodec(track: VideoTrack, { preset, hevcAs, inStep, frameOption }: EncoderRun): readonly string[] {
  const isHevc = track.codec === 'hevc' && hevcAs === 'hevc';
  return [
    isHevc ? x265(preset) : x264(track, preset),
    rateControl(track.rate),
    // The GOP is as long as the template says, neither more nor less.
    ['-g', String(track.gopFrames)],
    ['-keyint_min', String(track.gopFrames)],
    // A keyframe at a change of scene would leave the grid of the GOP.
    ['-sc_threshold', '0'],
    // Keyframes stay on the grid when frames are left out.
    ['-force_key_frames', keyframeTimes(track, inStep)],
    // A forced keyframe begins a closed GOP.
    ['-forced-idr', '1'],
    // Frames that are left out stay out.
    [frameOption, 'vfr'],
  ].flat();
}

function x264({ profile, level }: VideoTrack, preset: Preset): readonly string[] {
  const options = [
    ['-c:v', 'libx264'],
    ['-preset', preset],
    // Look-ahead would delay every frame.
    ['-tune', 'zerolatency'],
    // B-frames would delay every frame as well.
    ['-bf', '0'],
    // Two frame threads cost one frame of delay. They keep two cores busier than slices do, at less cost.
    ['-threads', '2'],
    ['-thread_type', 'frame'],
    ['-profile:v', profile],
  ];
  if (level !== undefined) options.push(['-level', level]);
  return options.flat();
}

function x265(preset: Preset): readonly string[] {
  const parameters = [
    // The log of x265 would look like a complaint.
    'log-level=error',
    // x265 makes open GOPs by default.
    'open-gop=0',
    // A keyframe at a change of scene would leave the grid of the GOP.
    'scenecut=0',
    // More threads than cores gain nothing.
    'pools=2',
    // Each further frame thread would add a frame of delay.
    'frame-threads=1',
  ];
  return [
    ['-c:v', 'libx265'],
    ['-preset', preset],
    // Look-ahead would delay every frame.
    ['-tune', 'zerolatency'],
    // B-frames would delay every frame as well.
    ['-bf', '0'],
    // `hvc1` keeps the parameters out of the frames, as Apple's players require.
    ['-tag:v', 'hvc1'],
    ['-profile:v', 'main'],
    ['-x265-params', parameters.join(':')],
  ].flat();
}

/**
 * Sets the rate control. Quality levels 1–10 become x264's constant rate factors 32.5–19: level 8, for 720p and above,
 * is x264's usual 22.
 */
function rateControl(rate: VideoRate): readonly string[] {
  return [
    rate.mode === 'quality' ? ['-crf', String(34 - 1.5 * rate.level)] : ['-b:v', String(rate.bitrate)],
    ['-maxrate', String(rate.maxBitrate)],
    // The decoder buffer that may never run dry.
    ['-bufsize', String(rate.bufferBits)],
  ].flat();
}

/** Encodes an audio track. */
export function audioCodec({ bitrate, sampleRate, channels, language, title }: AudioTrack): readonly string[] {
  const options = [
    ['-c:a', 'aac'],
    ['-b:a', String(bitrate)],
    ['-ar', String(sampleRate)],
    ['-ac', String(channels)],
  ];
  if (language !== undefined) options.push(['-metadata:s:a:0', `language=${language}`]);
  // Players show it as the name of the audio.
  if (title !== undefined) options.push(['-metadata:s:a:0', `handler_name=${title}`]);
  return options.flat();
}
