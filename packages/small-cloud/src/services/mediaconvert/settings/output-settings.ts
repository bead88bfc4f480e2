import { notModelled } from '../../kit/not-modelled';
import type { CapturePlan, FilePlan, OutputPlan, Place, VideoPlan } from './job-plan';
import { placeOf } from './place';
import type { SettingsReader } from './settings-reader';

const MOST = 2_147_483_647;

/** The surroundings of an output group. */
export interface GroupContext {
  readonly index: number;
  /** Names of the audio selectors of the inputs. */
  readonly selectors: ReadonlySet<string>;
  /** Name of the files when the destination is a folder. */
  readonly baseName: string;
}

/** Reads one of the `outputGroups`: a file group. */
export function readGroup(group: SettingsReader, context: GroupContext): readonly OutputPlan[] {
  group.withoutEffect('name', 'customName');
  const settings = group.part('outputGroupSettings');
  settings.oneOf('type', ['FILE_GROUP_SETTINGS']);
  const to = placeOf(settings.part('fileGroupSettings'), 'destination');
  const base = to.key === '' || to.key.endsWith('/') ? { ...to, key: `${to.key}${context.baseName}` } : to;
  const outputs = group.filled('outputs');
  return outputs.map((output) => {
    const modifier = output.maybeText('nameModifier');
    if (modifier === undefined && outputs.length > 1) {
      throw output.refused('nameModifier', 'is required for each of several outputs');
    }
    return readOutput(output, { ...base, key: `${base.key}${modifier ?? ''}` }, context);
  });
}

function readOutput(output: SettingsReader, base: Place, context: GroupContext): OutputPlan {
  const container = output.part('containerSettings');
  const kind = container.oneOf('container', ['MP4', 'RAW']);
  const video = output.maybePart('videoDescription');
  const codec = video?.part('codecSettings').oneOf('codec', ['H_264', 'FRAME_CAPTURE']);
  const hasAudio = readAudio(output, context.selectors);
  if (kind === 'RAW' || codec === 'FRAME_CAPTURE') {
    if (kind !== 'RAW' || codec !== 'FRAME_CAPTURE' || video === undefined) {
      throw output.refused(
        'containerSettings',
        'frame captures have the container RAW, and RAW is modelled for them alone',
      );
    }
    if (hasAudio) throw output.refused('audioDescriptions', 'frame captures have no audio');
    return readCaptures(output, video, base, context);
  }
  // The local run always puts the index first.
  container
    .maybePart('mp4Settings')
    ?.oneOf('moovPlacement', ['PROGRESSIVE_DOWNLOAD', 'NORMAL'], 'PROGRESSIVE_DOWNLOAD');
  if (video === undefined && !hasAudio) throw output.refused('videoDescription', 'an output has video, audio or both');
  const place = { ...base, key: `${base.key}.${output.maybeText('extension') ?? 'mp4'}` };
  const plan: FilePlan = { kind: 'file', group: context.index, place, hasAudio, video: video && readVideo(video) };
  return plan;
}

/** Reads the H.264 settings. The local run copies the input's video, so the bitrate counts for a scaled one alone. */
function readVideo(video: SettingsReader): VideoPlan {
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

function readCaptures(
  output: SettingsReader,
  video: SettingsReader,
  place: Place,
  { index }: GroupContext,
): CapturePlan {
  const extension = output.maybeText('extension') ?? 'jpg';
  if (extension !== 'jpg') throw notModelled(output.at('extension'), { given: extension, known: ['jpg'] });
  const settings = video.part('codecSettings').section('frameCaptureSettings');
  return {
    kind: 'captures',
    group: index,
    place,
    ...sizeOf(video),
    numerator: settings.whole('framerateNumerator', 1, MOST, 1),
    denominator: settings.whole('framerateDenominator', 1, MOST, 1),
    most: settings.maybeWhole('maxCaptures', 1, 10_000_000),
    quality: settings.whole('quality', 1, 100, 80),
  };
}

/** Reads the pixels of an output. MediaConvert wants even ones. */
function sizeOf(video: SettingsReader): Pick<VideoPlan, 'width' | 'height'> {
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

/** Tells whether an output has audio, and reads it: one AAC track. */
function readAudio(output: SettingsReader, selectors: ReadonlySet<string>): boolean {
  const [audio, second] = output.list('audioDescriptions');
  if (audio === undefined) return false;
  if (second !== undefined) throw notModelled(second.path, { advice: 'Give one audio description' });
  const name = audio.maybeText('audioSourceName') ?? 'Audio Selector 1';
  if (!selectors.has(name)) throw audio.refused('audioSourceName', `no input has the audio selector "${name}"`);
  const codec = audio.part('codecSettings');
  codec.oneOf('codec', ['AAC']);
  const aac = codec.part('aacSettings');
  aac.oneOf('codingMode', ['CODING_MODE_2_0']);
  // The local run copies the audio, so these change nothing.
  aac.whole('sampleRate', 8000, 96_000, 48_000);
  aac.maybeWhole('bitrate', 6000, 1_024_000);
  if (!aac.has('sampleRate')) throw aac.refused('sampleRate', 'is a required property');
  return true;
}
