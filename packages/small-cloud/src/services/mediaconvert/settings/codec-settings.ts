import { notModelled } from '../../kit/not-modelled';
import type { AudioPlan, VideoPlan } from './job-plan';
import type { SettingsReader } from './settings-reader';

/** Reads the H.264 settings. The local run copies the input's video, so the bitrate counts for a scaled one alone. */
export function readVideo(video: SettingsReader): VideoPlan {
  const h264 = video.part('codecSettings').section('h264Settings');
  h264.oneOf('qualityTuningLevel', ['SINGLE_PASS', 'SINGLE_PASS_HQ', 'MULTI_PASS_HQ'], 'SINGLE_PASS');
  const mode = h264.oneOf('rateControlMode', ['QVBR', 'VBR', 'CBR'], 'VBR');
  const bitrate = h264.maybeWhole('bitrate', 1000, 1_152_000_000);
  const highest = h264.maybeWhole('maxBitrate', 1000, 1_152_000_000);
  h264.maybePart('qvbrSettings')?.maybeWhole('qvbrQualityLevel', 1, 10);
  if (mode === 'QVBR' && highest === undefined) throw h264.refused('maxBitrate', 'is required for QVBR');
  if (mode !== 'QVBR' && bitrate === undefined) throw h264.refused('bitrate', `is required for ${mode}`);
  return { ...sizeOf(video), bitrate: highest ?? bitrate ?? 1_000_000 };
}

/** Reads the pixels of an output. MediaConvert wants even ones. */
export function sizeOf(video: SettingsReader): Pick<VideoPlan, 'width' | 'height'> {
  const width = video.maybeWhole('width', 32, 8192);
  const height = video.maybeWhole('height', 32, 8192);
  for (const [key, pixels] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (pixels !== undefined && pixels % 2 !== 0) {
      throw video.refused(key, `${pixels} was given; an even number is needed`);
    }
  }
  return { width, height };
}

/** Reads the audio of an output, one AAC track; undefined for an output without audio. */
export function readAudio(output: SettingsReader, selectors: ReadonlySet<string>): AudioPlan | undefined {
  const [audio, second] = output.list('audioDescriptions');
  if (audio === undefined) return undefined;
  if (second !== undefined) throw notModelled(second.path, { advice: 'Give one audio description' });
  const name = audio.maybeText('audioSourceName') ?? 'Audio Selector 1';
  if (!selectors.has(name)) throw audio.refused('audioSourceName', `no input has the audio selector "${name}"`);
  const codec = audio.part('codecSettings');
  codec.oneOf('codec', ['AAC']);
  const aac = codec.part('aacSettings');
  aac.oneOf('codingMode', ['CODING_MODE_2_0']);
  const sampleRate = aac.whole('sampleRate', 8000, 96_000, 48_000);
  if (!aac.has('sampleRate')) throw aac.refused('sampleRate', 'is a required property');
  return { sampleRate, bitrate: aac.maybeWhole('bitrate', 6000, 1_024_000) };
}
