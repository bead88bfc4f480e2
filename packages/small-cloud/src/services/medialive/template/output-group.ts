import { UnsupportedError } from '../../../contract';
import type { AudioTrack, EncoderPlan, HlsContent, Track, VideoTrack } from '../contract/plan';
import { repeated } from '../contract/repeated';
import { refused } from '../contract/service-error';
import { hlsGroup, hlsNames } from './hls-group';
import type { Settings } from './settings';

/** Description of a track without its name, which is that of its output. */
export type Unnamed<T extends Track> = Omit<T, 'name'>;
/** Descriptions by their names. */
export type Descriptions<T> = ReadonlyMap<string, T>;
type Videos = Descriptions<Unnamed<VideoTrack>>;
type Audios = Descriptions<Unnamed<AudioTrack>>;

/** Outputs of an output group, and the names of the descriptions that they use. */
export interface MadeOutputs extends Pick<EncoderPlan, 'destinationId' | 'segmentSeconds' | 'hls' | 'toUrls'> {
  readonly tracks: readonly Track[];
  readonly used: ReadonlySet<string>;
}

/**
 * Splits the outputs of a group into those that are encoded and those of captions, which are read only to find
 * mistakes.
 */
function madeHere(group: Settings): { readonly outputs: readonly Settings[]; readonly captions: readonly string[] } {
  const all = group.list('Outputs').map((output) => ({ output, names: output.texts('CaptionDescriptionNames') }));
  for (const { output } of all.filter(({ names }) => names.length > 0)) {
    if (output.has('OutputName')) output.text('OutputName');
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
export function packagerOutputs(group: Settings, target: Settings, videos: Videos, audios: Audios): MadeOutputs {
  return target.has('MediapackageV2GroupSettings')
    ? cmafOutputs(group, target, videos, audios)
    : muxedOutputs(group, target, videos, audios);
}

/**
 * Reads the outputs to MediaPackage v1: video and audio in each, or one of the two. In the local run each of them is a
 * track, and the local packager puts them together again.
 */
function muxedOutputs(group: Settings, target: Settings, videos: Videos, audios: Audios): MadeOutputs {
  const { outputs: made, captions } = madeHere(group);
  const outputs = made.map((output) => {
    output.section('OutputSettings').section('MediaPackageOutputSettings');
    const name = output.has('VideoDescriptionName') ? output.text('VideoDescriptionName') : undefined;
    const outputName = output.text('OutputName');
    const video = name === undefined ? undefined : { ...described(output, 'video', name, videos), name: outputName };
    const sounds = output.texts('AudioDescriptionNames').map((sound) => ({
      ...described(output, 'audio', sound, audios),
      name: sound,
    }));
    return { video, name, sounds };
  });
  const sounds = new Map(outputs.flatMap((output) => output.sounds.map((sound) => [sound.name, sound] as const)));
  const [first] = outputs;
  const { gopFrames = 1, frameRate = { numerator: 1, denominator: 1 } } = first?.video ?? {};
  return {
    destinationId: target.section('Destination').text('DestinationRefId'),
    // MediaLive cuts at every keyframe.
    segmentSeconds: (gopFrames * frameRate.denominator) / frameRate.numerator,
    tracks: [...outputs.flatMap(({ video }) => video ?? []), ...sounds.values()],
    used: new Set([...outputs.flatMap(({ name }) => name ?? []), ...sounds.keys(), ...captions]),
  };
}

/** Reads the outputs to MediaPackage v2: a track each. @throws UnsupportedError, ServiceError */
function cmafOutputs(group: Settings, target: Settings, videos: Videos, audios: Audios): MadeOutputs {
  return trackOutputs(group, target, target.section('MediapackageV2GroupSettings'), videos, audios, (output) => {
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
export function ingestOutputs(group: Settings, target: Settings, videos: Videos, audios: Audios): MadeOutputs {
  target.choice('NielsenId3Behavior', ['NO_PASSTHROUGH'], 'NO_PASSTHROUGH');
  const made = trackOutputs(group, target, target, videos, audios, (output) => {
    if (output.has('OutputName')) output.text('OutputName');
    return output.section('OutputSettings').section('CmafIngestOutputSettings').text('NameModifier');
  });
  const names = made.tracks.map(({ name }) => name);
  const twice = repeated(names);
  if (twice !== undefined) {
    throw refused(`${group.at('Outputs')}: two have the NameModifier ${twice}; each needs one of its own`);
  }
  return { ...made, toUrls: true };
}

function trackOutputs(
  group: Settings,
  target: Settings,
  lengths: Settings,
  videos: Videos,
  audios: Audios,
  nameOf: (output: Settings) => string,
): MadeOutputs {
  const unit = lengths.choice('SegmentLengthUnits', ['SECONDS', 'MILLISECONDS'], 'SECONDS');
  const { outputs: made, captions } = madeHere(group);
  const outputs = made.map((output) => ({ output, description: describedBy(output) }));
  return {
    destinationId: target.section('Destination').text('DestinationRefId'),
    segmentSeconds: lengths.number('SegmentLength') / (unit === 'SECONDS' ? 1 : 1000),
    tracks: outputs.map(({ output, description: { kind, name } }) => ({
      ...(kind === 'video' ? described(output, kind, name, videos) : described(output, kind, name, audios)),
      name: nameOf(output),
    })),
    used: new Set([...outputs.map(({ description }) => description.name), ...captions]),
  };
}

/** Reads the outputs of an HLS output group: video and audio in each. @throws UnsupportedError, ServiceError */
export function hlsOutputs(group: Settings, target: Settings, videos: Videos, audios: Audios): MadeOutputs {
  const { destinationId, segmentSeconds, ...windows } = hlsGroup(target);
  const { outputs: made, captions } = madeHere(group);
  const outputs = made.map((output) => {
    const [sound, ...others] = output.texts('AudioDescriptionNames');
    if (others.length > 0) {
      throw new UnsupportedError(
        `${output.at('AudioDescriptionNames')}: the local run takes one sound for each output`,
      );
    }
    const name = output.text('OutputName');
    const picture = output.has('VideoDescriptionName') ? output.text('VideoDescriptionName') : undefined;
    const video = picture === undefined ? undefined : described(output, 'video', picture, videos);
    const audio = sound === undefined ? undefined : described(output, 'audio', sound, audios);
    return {
      ...hlsContent(output, video && { ...video, name }, audio && { ...audio, name }),
      ...hlsNames(output.section('OutputSettings').section('HlsOutputSettings'), video !== undefined),
      used: [picture, sound].filter((used) => used !== undefined),
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

function described<T>(output: Settings, kind: Track['kind'], name: string, descriptions: Descriptions<T>): T {
  const found = descriptions.get(name);
  if (found === undefined) throw refused(`${output.path}: there is no ${kind} description named ${name}`);
  return found;
}

interface DescribedBy {
  readonly kind: Track['kind'];
  readonly name: string;
}

function describedBy(output: Settings): DescribedBy {
  const names: readonly DescribedBy[] = [
    ...(output.has('VideoDescriptionName')
      ? [{ kind: 'video', name: output.text('VideoDescriptionName') } as const]
      : []),
    ...output.texts('AudioDescriptionNames').map((name) => ({ kind: 'audio', name }) as const),
  ];
  const [first, second] = names;
  if (first !== undefined && second === undefined) return first;
  throw new UnsupportedError(
    `${output.path}: the local run takes one video or one audio description for each output, as one CMAF track`,
  );
}
