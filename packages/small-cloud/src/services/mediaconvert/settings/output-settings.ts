import { notModelled } from '../../kit/not-modelled';
import { readAudio, readVideo, sizeOf } from './codec-settings';
import type { GroupContext } from './group-context';
import type { CapturePlan, FilePlan, OutputPlan, Place } from './job-plan';
import { readPackage } from './package-settings';
import { placeOf } from './place';
import type { SettingsReader } from './settings-reader';

const MOST = 2_147_483_647;

/** Reads one of the `outputGroups`: a file group, or a CMAF group. */
export function readGroup(group: SettingsReader, context: GroupContext): readonly OutputPlan[] {
  group.withoutEffect('name', 'customName');
  const settings = group.part('outputGroupSettings');
  const type = settings.oneOf('type', ['FILE_GROUP_SETTINGS', 'CMAF_GROUP_SETTINGS']);
  const inner = settings.part(type === 'CMAF_GROUP_SETTINGS' ? 'cmafGroupSettings' : 'fileGroupSettings');
  const to = placeOf(inner, 'destination');
  const base = to.key === '' || to.key.endsWith('/') ? { ...to, key: `${to.key}${context.baseName}` } : to;
  const outputs = group.filled('outputs');
  if (type === 'CMAF_GROUP_SETTINGS') return [readPackage(inner, { ...context, base, outputs })];
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
  const audio = readAudio(output, context.selectors);
  if (kind === 'RAW' || codec === 'FRAME_CAPTURE') {
    if (kind !== 'RAW' || codec !== 'FRAME_CAPTURE' || video === undefined) {
      throw output.refused(
        'containerSettings',
        'frame captures have the container RAW, and RAW is modelled for them alone',
      );
    }
    if (audio !== undefined) throw output.refused('audioDescriptions', 'frame captures have no audio');
    return readCaptures(output, video, base, context);
  }
  // The local run always puts the index first.
  container
    .maybePart('mp4Settings')
    ?.oneOf('moovPlacement', ['PROGRESSIVE_DOWNLOAD', 'NORMAL'], 'PROGRESSIVE_DOWNLOAD');
  if (video === undefined && audio === undefined) {
    throw output.refused('videoDescription', 'an output has video, audio or both');
  }
  const place = { ...base, key: `${base.key}.${output.maybeText('extension') ?? 'mp4'}` };
  const plan: FilePlan = { kind: 'file', group: context.index, place, audio, video: video && readVideo(video) };
  return plan;
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
