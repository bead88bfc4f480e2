import { UnsupportedError } from '../../../contract';
import type { AudioTrack, EncoderPlan, Track, VideoRate, VideoTrack } from '../contract/plan';
import { refused } from '../contract/service-error';
import type { AudioSelector } from './audio-selectors';
import { checkCodec } from './codec-rules';
import type { Described, Descriptions, Unnamed } from './descriptions';
import { lockingMethod } from './locking-method';
import { hlsOutputs, ingestOutputs, type MadeOutputs, packagerOutputs } from './output-group';
import { Settings } from './settings';

const AUDIO_CHANNELS = { CODING_MODE_1_0: 1, CODING_MODE_2_0: 2, CODING_MODE_5_1: 6 } as const;

const PROFILES = { BASELINE: 'baseline', MAIN: 'main', HIGH: 'high' } as const;

const FIT = { DEFAULT: 'letterbox', STRETCH_TO_OUTPUT: 'stretch' } as const;

/**
 * Reads `EncoderSettings`.
 *
 * @throws UnsupportedError that names what the local run does not model.
 * @throws ServiceError for what the service would refuse.
 */
export function encoderPlan(settings: Settings, audioSelectors: readonly AudioSelector[]): EncoderPlan {
  const videos = byName(settings.list('VideoDescriptions'), videoTrack);
  const audios = byName(settings.list('AudioDescriptions'), (entry) => audioTrack(entry, audioSelectors));
  const group = settings.one('OutputGroups');
  group.ignore('Name');
  const { used, tracks, ...output } = outputsOf(group, { videos, audios });
  const [first, ...more] = tracks;
  if (first === undefined) throw refused(`${group.at('Outputs')}: none given; one or more are needed`);
  const captions = settings.list('CaptionDescriptions').map((description) => description.text('Name'));
  const unused = [...videos.keys(), ...audios.keys(), ...captions].find((name) => !used.has(name));
  if (unused !== undefined) throw refused(`${settings.path}: the description ${unused} is used by no output`);
  if (settings.has('ThumbnailConfiguration')) {
    settings.section('ThumbnailConfiguration').choice('State', ['AUTO', 'DISABLED']);
  }
  const undescribed = [...used].find((name) => ![...videos.keys(), ...audios.keys(), ...captions].includes(name));
  if (undescribed !== undefined) throw refused(`${group.path}: there is no caption description named ${undescribed}`);
  sameGop(tracks, group.at('Outputs'));
  const global = settings.has('GlobalConfiguration') ? settings.section('GlobalConfiguration') : new Settings({});
  const locking = lockingMethod(global);
  return {
    ...output,
    ...(locking === 'source-timecode' ? {} : { locking }),
    ...(captions.length > 0 ? { captions } : {}),
    loop: global.choice('InputEndAction', ['NONE', 'SWITCH_AND_LOOP_INPUTS'], 'NONE') !== 'NONE',
    tracks: [first, ...more],
  };
}

function outputsOf(group: Settings, described: Described): MadeOutputs {
  const target = group.section('OutputGroupSettings');
  if (target.has('HlsGroupSettings')) return hlsOutputs(group, target.section('HlsGroupSettings'), described);
  if (target.has('CmafIngestGroupSettings')) {
    return ingestOutputs(group, target.section('CmafIngestGroupSettings'), described);
  }
  return packagerOutputs(group, target.section('MediaPackageGroupSettings'), described);
}

function byName<T>(list: readonly Settings[], read: (settings: Settings) => T): Descriptions<T> {
  return new Map(list.map((settings) => [settings.text('Name'), read(settings)]));
}

function videoTrack(settings: Settings): Unnamed<VideoTrack> {
  const codecs = settings.section('CodecSettings');
  const hevc = codecs.has('H265Settings');
  const codecName = hevc ? 'H265Settings' : 'H264Settings';
  const codec = codecs.section(codecName);
  const size = { width: settings.number('Width'), height: settings.number('Height') };
  checkCodec(codecName, codec, size);
  // HEVC has no FramerateControl and no ParControl: the numbers are always given.
  if (!hevc) {
    codec.choice('FramerateControl', ['SPECIFIED']);
    codec.choice('ParControl', ['SPECIFIED']);
  }
  const pixelAspect = codec.number('ParNumerator') / codec.number('ParDenominator');
  if (pixelAspect !== 1) {
    throw new UnsupportedError(`${codec.at('ParNumerator')}: only square pixels (1:1) are modelled by the local run`);
  }
  if (codec.has('GopClosedCadence') && codec.number('GopClosedCadence') !== 1) {
    throw new UnsupportedError(
      `${codec.at('GopClosedCadence')}: only 1, every GOP closed, is modelled by the local run`,
    );
  }
  const frameRate = {
    numerator: codec.number('FramerateNumerator'),
    denominator: codec.number('FramerateDenominator'),
  };
  const gop = codec.number('GopSize');
  const perUnit = codec.choice('GopSizeUnits', ['SECONDS', 'FRAMES'], 'FRAMES') === 'SECONDS' ? fps(frameRate) : 1;
  return {
    kind: 'video',
    ...(hevc ? hevcCodec(codec) : h264Codec(codec)),
    ...size,
    fit: FIT[settings.choice('ScalingBehavior', ['DEFAULT', 'STRETCH_TO_OUTPUT'], 'DEFAULT')],
    frameRate,
    gopFrames: Math.max(1, Math.round(gop * perUnit)),
    rate: videoRate(codec),
  };
}

function h264Codec(h264: Settings): Pick<VideoTrack, 'codec' | 'profile' | 'level'> {
  const level = h264.has('Level') ? h264.text('Level') : 'H264_LEVEL_AUTO';
  return {
    codec: 'h264',
    profile: PROFILES[h264.choice('Profile', ['BASELINE', 'MAIN', 'HIGH'], 'MAIN')],
    level: level === 'H264_LEVEL_AUTO' ? undefined : level.replace('H264_LEVEL_', '').replace('_', '.'),
  };
}

function hevcCodec(h265: Settings): Pick<VideoTrack, 'codec' | 'profile' | 'level'> {
  h265.choice('Level', ['H265_LEVEL_AUTO'], 'H265_LEVEL_AUTO');
  h265.choice('Tier', ['MAIN'], 'MAIN');
  return { codec: 'hevc', profile: PROFILES[h265.choice('Profile', ['MAIN'], 'MAIN')], level: undefined };
}

function videoRate(codec: Settings): VideoRate {
  const mode = codec.choice('RateControlMode', ['QVBR', 'VBR', 'CBR'], 'VBR');
  const maxBitrate = codec.number(mode === 'CBR' ? 'Bitrate' : 'MaxBitrate');
  const bufferBits = codec.has('BufSize') ? codec.number('BufSize') : maxBitrate;
  return mode === 'QVBR'
    ? { mode: 'quality', level: codec.number('QvbrQualityLevel'), maxBitrate, bufferBits }
    : { mode: 'bitrate', bitrate: codec.number('Bitrate'), maxBitrate, bufferBits };
}

function audioTrack(settings: Settings, selectors: readonly AudioSelector[]): Unnamed<AudioTrack> {
  const name = settings.text('AudioSelectorName');
  const selector = selectors.find((each) => each.name === name);
  if (selectors.length > 0 && selector === undefined) {
    throw refused(`${settings.at('AudioSelectorName')}: no audio selector of the input is named ${name}`);
  }
  return {
    kind: 'audio',
    ...audioCodec(settings.section('CodecSettings')),
    language: settings.has('LanguageCode') ? settings.text('LanguageCode') : undefined,
    ...(settings.has('StreamName') ? { title: settings.text('StreamName') } : {}),
    ...(selector?.choice === undefined ? {} : { source: selector.choice }),
  };
}

type AudioCodec = Pick<AudioTrack, 'bitrate' | 'sampleRate' | 'channels' | 'passedThrough'>;

function audioCodec(codecs: Settings): AudioCodec {
  if (codecs.holds('PassThroughSettings')) {
    return { bitrate: 192_000, sampleRate: 48_000, channels: 2, passedThrough: true };
  }
  const aac = codecs.section('AacSettings');
  aac.choice('Profile', ['LC'], 'LC');
  aac.choice('RateControlMode', ['CBR'], 'CBR');
  const modes = ['CODING_MODE_1_0', 'CODING_MODE_2_0', 'CODING_MODE_5_1'] as const;
  return {
    bitrate: aac.number('Bitrate'),
    sampleRate: aac.number('SampleRate'),
    channels: AUDIO_CHANNELS[aac.choice('CodingMode', modes, 'CODING_MODE_2_0')],
  };
}

function sameGop(tracks: readonly Track[], path: string): void {
  const seconds = tracks.flatMap((track) => (track.kind === 'video' ? [track.gopFrames / fps(track.frameRate)] : []));
  const different = seconds.find((length) => Math.abs(length - (seconds[0] ?? length)) > 1e-9);
  if (different !== undefined) {
    throw refused(`${path}: GOPs of ${seconds[0]} s and ${different} s; all renditions of a group need the same`);
  }
}

function fps({ numerator, denominator }: VideoTrack['frameRate']): number {
  return numerator / denominator;
}
