import { notModelled } from '../../kit/not-modelled';
import { readAudio, readVideo } from './codec-settings';
import type { GroupContext } from './group-context';
import type { PackagePlan, Place, RenditionPlan } from './job-plan';
import type { SettingsReader } from './settings-reader';

const MOST = 2_147_483_647;

/** The surroundings of a CMAF group. */
interface PackageContext extends GroupContext {
  /** Beginning of the names of all files. */
  readonly base: Place;
  readonly outputs: readonly SettingsReader[];
}

/**
 * Reads a CMAF group: HLS whose renditions are in files of their own.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/outputs-file-ABR.html
 */
export function readPackage(settings: SettingsReader, context: PackageContext): PackagePlan {
  const { index, base, outputs, selectors } = context;
  if (!/(^|\/)[\w-]+$/.test(base.key)) throw notModelled(settings.at('destination'), { given: base.key });
  settings.oneOf('writeHlsManifest', ['ENABLED'], 'ENABLED');
  if (settings.oneOf('writeDashManifest', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED') {
    throw notModelled(settings.at('writeDashManifest'), { given: 'ENABLED', known: ['DISABLED'] });
  }
  if (settings.oneOf('segmentControl', ['SEGMENTED_FILES', 'SINGLE_FILE'], 'SINGLE_FILE') === 'SINGLE_FILE') {
    throw notModelled(settings.at('segmentControl'), { given: 'SINGLE_FILE', known: ['SEGMENTED_FILES'] });
  }
  settings.oneOf('segmentLengthControl', ['EXACT'], 'EXACT');
  // The local run writes codecs by RFC 6381, whole target durations, and lengths as fractions.
  settings.withoutEffect('codecSpecification', 'manifestDurationFormat', 'targetDurationCompatibilityMode');
  settings.withoutEffect('clientCache', 'streamInfResolution', 'videoCompositionOffsets');
  const segmentSeconds = settings.whole('segmentLength', 1, MOST, 10);
  const fragmentSeconds = settings.whole('fragmentLength', 1, MOST, 2);
  const renditions = outputs.map((output) => readRendition(output, { selectors, fragmentSeconds }));
  refuseAlikeNames(renditions, outputs);
  if (renditions.every(({ video }) => video === undefined)) {
    throw notModelled(settings.path, { given: 'audio alone', advice: 'Give an output with video' });
  }
  if (renditions.filter(({ audio }) => audio !== undefined).length > 1) {
    throw notModelled(settings.path, { given: 'several outputs with audio', advice: 'Give one' });
  }
  return { kind: 'package', group: index, place: base, segmentSeconds, renditions };
}

/** Reads an output of a CMAF group, which holds video or audio, and not both. */
function readRendition(
  output: SettingsReader,
  { selectors, fragmentSeconds }: Pick<GroupContext, 'selectors'> & { readonly fragmentSeconds: number },
): RenditionPlan {
  output.part('containerSettings').oneOf('container', ['CMFC']);
  const audio = readAudio(output, selectors);
  const video = output.maybePart('videoDescription');
  if ((audio === undefined) === (video === undefined)) {
    throw output.refused('', 'an output of a CMAF group has either video, audio or captions');
  }
  const modifier = output.maybeText('nameModifier') ?? '';
  if (!/^[\w-]*$/.test(modifier)) throw notModelled(output.at('nameModifier'), { given: modifier });
  if (video === undefined) return { modifier, audio, video };
  video.part('codecSettings').oneOf('codec', ['H_264']);
  // The local run always keeps the proportions of the input, between black bars.
  video.oneOf('scalingBehavior', ['DEFAULT', 'FIT'], 'DEFAULT');
  const frameRate = readFrames(video, fragmentSeconds);
  return { modifier, audio, video: { ...readVideo(video), frameRate } };
}

/**
 * Reads the frames and the GOPs of a video.
 *
 * @returns frames per second as a fraction; undefined for those of the input
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/setting-the-fragment-length.html
 */
function readFrames(video: SettingsReader, fragmentSeconds: number): string | undefined {
  const h264 = video.part('codecSettings').section('h264Settings');
  // The local run encodes the main profile, with square pixels and no B-frames.
  h264.withoutEffect('codecProfile', 'codecLevel', 'sceneChangeDetect', 'parControl', 'parNumerator', 'parDenominator');
  h264.whole('numberBFramesBetweenReferenceFrames', 0, 7, 0);
  const control = h264.oneOf('framerateControl', ['INITIALIZE_FROM_SOURCE', 'SPECIFIED'], 'INITIALIZE_FROM_SOURCE');
  const numerator = h264.maybeWhole('framerateNumerator', 1, MOST);
  const denominator = h264.maybeWhole('framerateDenominator', 1, MOST);
  if (control === 'SPECIFIED' && (numerator === undefined || denominator === undefined)) {
    throw h264.refused('framerateControl', 'SPECIFIED needs framerateNumerator and framerateDenominator');
  }
  const frames = control === 'SPECIFIED' ? (numerator ?? 0) / (denominator ?? 1) : undefined;
  const gop = gopSeconds(h264, frames);
  if (gop !== undefined && Math.abs(fragmentSeconds / gop - Math.round(fragmentSeconds / gop)) > 1e-6) {
    throw h264.refused('gopSize', `a fragment of ${fragmentSeconds} s is not a multiple of the GOP of ${gop} s`);
  }
  return frames === undefined ? undefined : `${numerator}/${denominator}`;
}

/** Returns the length of a closed GOP in seconds; undefined where MediaConvert chooses it. */
function gopSeconds(h264: SettingsReader, frames: number | undefined): number | undefined {
  const units = h264.oneOf('gopSizeUnits', ['AUTO', 'FRAMES', 'SECONDS'], 'AUTO');
  const size = h264.maybeNumber('gopSize');
  const cadence = h264.whole('gopClosedCadence', 0, MOST, 1);
  if (cadence === 0) throw h264.refused('gopClosedCadence', '0 was given for a segmented output');
  if (units === 'AUTO' || size === undefined) return undefined;
  if (units === 'SECONDS') return size * cadence;
  return frames === undefined ? undefined : (size * cadence) / frames;
}

/** Refuses outputs whose files would have one name. */
function refuseAlikeNames(renditions: readonly RenditionPlan[], outputs: readonly SettingsReader[]): void {
  const names = renditions.map(({ modifier }) => modifier);
  for (const [index, output] of outputs.entries()) {
    const name = names[index] ?? '';
    if (name === '') throw output.refused('nameModifier', 'is required for each of several outputs');
    if (names.indexOf(name) < index) throw output.refused('nameModifier', `"${name}" is given twice`);
  }
}
