import { UnsupportedError } from '../../../contract';
import type { AudioTrack, EncoderPlan, HlsContent, Track, VideoTrack } from '../contract/plan';
import { repeated } from '../contract/repeated';
import type { MetadataAction } from '../contract/schedule-action';
import { refused } from '../contract/service-error';
import { describedBy } from './described-by';
import type { Described, Descriptions } from './descriptions';
import { hlsGroup, hlsNames } from './hls-group';
import type { Settings } from './settings';
import { takenMetadata } from './taken-metadata';

/** Outputs of an output group, and the names of the descriptions that they use. */
export interface MadeOutputs
  extends Pick<EncoderPlan, 'destinationId' | 'segmentSeconds' | 'hls' | 'toUrls' | 'markers' | 'metadata'> {
  readonly tracks: readonly Track[];
  readonly used: ReadonlySet<string>;
}

/**
 * Splits the outputs of a group into those that are encoded and those of captions, which are read only to find
 * mistakes.
 */
function encodedOutputs(group: Settings): {
  readonly outputs: readonly Settings[];
  readonly captions: readonly string[];
} {
  const all = group.list('Outputs').map((output) => ({ output, names: output.texts('CaptionDescriptionNames') }));
  for (const { output } of all.filter(({ names }) => names.length > 0)) {
    output.ignore('OutputName');
    const settings = output.section('OutputSettings');
    if (settings.has('HlsOutputSettings')) hlsNames(settings.section('HlsOutputSettings'), true);
    else if (settings.has('CmafIngestOutputSettings')) {
      settings.section('CmafIngestOutputSettings').text('NameModifier');
    } else openPackagerSettings(settings.section('MediaPackageOutputSettings'));
  }
  return {
    outputs: all.filter(({ names }) => names.length === 0).map(({ output }) => output),
    captions: all.flatMap(({ names }) => names),
  };
}

function openPackagerSettings(settings: Settings): Settings {
  if (settings.has('MediaPackageV2DestinationSettings')) settings.section('MediaPackageV2DestinationSettings');
  return settings;
}

/** Reads the outputs of a MediaPackage output group. @throws UnsupportedError, ServiceError */
export function packagerOutputs(group: Settings, target: Settings, described: Described): MadeOutputs {
  return target.has('MediapackageV2GroupSettings')
    ? cmafOutputs(group, target, described)
    : muxedOutputs(group, target, described);
}

/**
 * Reads the outputs to MediaPackage v1: video and audio in each, or one of the two. In the local run each of them is a
 * track, and the local packager puts them together again.
 */
function muxedOutputs(group: Settings, target: Settings, { videos, audios }: Described): MadeOutputs {
  const { outputs: made, captions } = encodedOutputs(group);
  const outputs = made.map((output) => {
    output.section('OutputSettings').section('MediaPackageOutputSettings');
    const name = output.has('VideoDescriptionName') ? output.text('VideoDescriptionName') : undefined;
    const outputName = output.text('OutputName');
    const video =
      name === undefined ? undefined : { ...descriptionOf(output, 'video', name, videos), name: outputName };
    const tracks = output.texts('AudioDescriptionNames').map((audio) => ({
      ...descriptionOf(output, 'audio', audio, audios),
      name: audio,
    }));
    return { video, name, tracks };
  });
  const audioTracks = new Map(outputs.flatMap(({ tracks }) => tracks.map((track) => [track.name, track] as const)));
  const [first] = outputs;
  const { gopFrames = 1, frameRate = { numerator: 1, denominator: 1 } } = first?.video ?? {};
  return {
    destinationId: target.section('Destination').text('DestinationRefId'),
    // MediaLive cuts at every keyframe.
    segmentSeconds: (gopFrames * frameRate.denominator) / frameRate.numerator,
    // MediaPackage v1 always gets the messages.
    markers: true,
    metadata: 'hlsTimedMetadataSettings',
    tracks: [...outputs.flatMap(({ video }) => video ?? []), ...audioTracks.values()],
    used: new Set([...outputs.flatMap(({ name }) => name ?? []), ...audioTracks.keys(), ...captions]),
  };
}

/** Reads the outputs to MediaPackage v2: a track each. @throws UnsupportedError, ServiceError */
function cmafOutputs(group: Settings, target: Settings, described: Described): MadeOutputs {
  const lengths = target.section('MediapackageV2GroupSettings');
  return trackOutputs({ group, target, lengths, by: 'hlsTimedMetadataSettings' }, described, (output) => {
    openPackagerSettings(output.section('OutputSettings').section('MediaPackageOutputSettings'));
    return output.text('OutputName');
  });
}

/**
 * Reads the outputs of a CMAF Ingest output group: a track each. The track is named by what is appended to the ingest
 * URL. The local packager takes the same CMAF as from a MediaPackage output group.
 *
 * @throws UnsupportedError, ServiceError
 */
export function ingestOutputs(group: Settings, target: Settings, described: Described): MadeOutputs {
  target.choice('NielsenId3Behavior', ['NO_PASSTHROUGH'], 'NO_PASSTHROUGH');
  const made = trackOutputs({ group, target, lengths: target, by: 'timedMetadataSettings' }, described, (output) => {
    output.ignore('OutputName');
    return output.section('OutputSettings').section('CmafIngestOutputSettings').text('NameModifier');
  });
  const names = made.tracks.map(({ name }) => name);
  const twice = repeated(names);
  if (twice !== undefined) {
    throw refused(`${group.at('Outputs')}: two have the NameModifier ${twice}; each needs one of its own`);
  }
  return { ...made, toUrls: true };
}

/** Sections of an output group, and the kind of schedule action that it takes ID3 from. */
interface GroupSections {
  readonly group: Settings;
  readonly target: Settings;
  readonly lengths: Settings;
  readonly by: MetadataAction;
}

function trackOutputs(
  { group, target, lengths, by }: GroupSections,
  { videos, audios }: Described,
  nameOf: (output: Settings) => string,
): MadeOutputs {
  const unit = lengths.choice('SegmentLengthUnits', ['SECONDS', 'MILLISECONDS'], 'SECONDS');
  const { outputs: made, captions } = encodedOutputs(group);
  const outputs = made.map((output) => ({ output, description: describedBy(output) }));
  return {
    destinationId: target.section('Destination').text('DestinationRefId'),
    segmentSeconds: lengths.number('SegmentLength') / (unit === 'SECONDS' ? 1 : 1000),
    markers: lengths.choice('Scte35Type', ['NONE', 'SCTE_35_WITHOUT_SEGMENTATION'], 'NONE') !== 'NONE',
    metadata: takenMetadata(lengths, by),
    tracks: outputs.map(({ output, description: { kind, name } }) => ({
      ...(kind === 'video' ? descriptionOf(output, kind, name, videos) : descriptionOf(output, kind, name, audios)),
      name: nameOf(output),
    })),
    used: new Set([...outputs.map(({ description }) => description.name), ...captions]),
  };
}

/** Reads the outputs of an HLS output group: video and audio in each. @throws UnsupportedError, ServiceError */
export function hlsOutputs(group: Settings, target: Settings, { videos, audios }: Described): MadeOutputs {
  const { destinationId, segmentSeconds, ...windows } = hlsGroup(target);
  const { outputs: made, captions } = encodedOutputs(group);
  const outputs = made.map((output) => {
    const [audioName, ...others] = output.texts('AudioDescriptionNames');
    if (others.length > 0) {
      throw new UnsupportedError(
        `${output.at('AudioDescriptionNames')}: the local run takes one audio description for each output`,
      );
    }
    const name = output.text('OutputName');
    const videoName = output.has('VideoDescriptionName') ? output.text('VideoDescriptionName') : undefined;
    const video = videoName === undefined ? undefined : descriptionOf(output, 'video', videoName, videos);
    const audio = audioName === undefined ? undefined : descriptionOf(output, 'audio', audioName, audios);
    return {
      ...hlsContent(output, video && { ...video, name }, audio && { ...audio, name }),
      ...hlsNames(output.section('OutputSettings').section('HlsOutputSettings'), video !== undefined),
      used: [videoName, audioName].filter((used) => used !== undefined),
    };
  });
  return {
    destinationId,
    segmentSeconds,
    tracks: outputs.map(({ video, audio }) => video ?? audio),
    hls: { ...windows, outputs: outputs.map(({ used: _, ...output }) => output) },
    used: new Set([...outputs.flatMap(({ used }) => used), ...captions]),
  };
}

/** Checks that an output has video or audio. */
function hlsContent(output: Settings, video: VideoTrack | undefined, audio: AudioTrack | undefined): HlsContent {
  if (video !== undefined) return { video, audio };
  if (audio !== undefined) return { video, audio };
  throw refused(`${output.path}: no video and no audio description; one is needed`);
}

function descriptionOf<T>(output: Settings, kind: Track['kind'], name: string, descriptions: Descriptions<T>): T {
  const found = descriptions.get(name);
  if (found === undefined) throw refused(`${output.path}: there is no ${kind} description named ${name}`);
  return found;
}
