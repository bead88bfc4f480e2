import { UnsupportedError } from '../../../contract';
import type { HlsNames, HlsPlan } from '../contract/plan';
import type { Settings } from './settings';

/** Settings that all outputs of an HLS output group share. */
export interface HlsGroup extends Omit<HlsPlan, 'outputs'> {
  readonly destinationId: string;
  readonly segmentSeconds: number;
}

/**
 * Reads `HlsGroupSettings`.
 *
 * @throws UnsupportedError that names what the local run does not model.
 */
export function hlsGroup(group: Settings): HlsGroup {
  group.choice('DirectoryStructure', ['SINGLE_DIRECTORY'], 'SINGLE_DIRECTORY');
  group.choice('Mode', ['LIVE'], 'LIVE');
  group.choice('OutputSelection', ['MANIFESTS_AND_SEGMENTS'], 'MANIFESTS_AND_SEGMENTS');
  group.choice('ProgramDateTime', ['INCLUDE']);
  group.choice('TsFileMode', ['SEGMENTED_FILES'], 'SEGMENTED_FILES');
  const goesOn = group.choice('InputLossAction', ['EMIT_OUTPUT', 'PAUSE_OUTPUT']) === 'EMIT_OUTPUT';
  return {
    ...(goesOn ? { goesOn } : {}),
    destinationId: group.section('Destination').text('DestinationRefId'),
    segmentSeconds: group.has('SegmentLength') ? group.number('SegmentLength') : 10,
    listed: group.has('IndexNSegments') ? group.number('IndexNSegments') : 10,
    kept: group.has('KeepSegments') ? group.number('KeepSegments') : 21,
    redundant: group.choice('RedundantManifest', ['ENABLED', 'DISABLED'], 'DISABLED') === 'ENABLED',
  };
}

/** Reads from `HlsOutputSettings` how the files of an output are named. @throws UnsupportedError */
export function hlsNames(output: Settings, hasVideo: boolean): HlsNames {
  const settings = output.section('HlsSettings');
  if (hasVideo) settings.section('StandardHlsSettings');
  const choice = hasVideo ? undefined : CHOICES[audioTrackType(settings.section('AudioOnlyHlsSettings'))];
  const names = {
    nameModifier: output.has('NameModifier') ? output.text('NameModifier') : '',
    segmentModifier: output.has('SegmentModifier') ? output.text('SegmentModifier') : '',
    ...(choice === undefined ? {} : { choice }),
  };
  const unknown = /\$(?!(dt|d|t)\$)\w*\$/.exec(
    names.nameModifier + names.segmentModifier.replaceAll(/\$(dt|d|t)\$/g, ''),
  );
  if (unknown !== null || names.nameModifier.includes('$')) {
    throw new UnsupportedError(
      `${output.path}: of variable names the local run models $dt$, $d$ and $t$ in SegmentModifier`,
    );
  }
  return names;
}

const CHOICES = {
  AUDIO_ONLY_VARIANT_STREAM: undefined,
  ALTERNATE_AUDIO_AUTO_SELECT: 'other',
  ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT: 'default',
} as const;

function audioTrackType(settings: Settings): keyof typeof CHOICES {
  return settings.choice('AudioTrackType', [
    'AUDIO_ONLY_VARIANT_STREAM',
    'ALTERNATE_AUDIO_AUTO_SELECT',
    'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT',
  ]);
}
