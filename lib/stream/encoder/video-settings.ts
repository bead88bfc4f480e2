import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { fraction } from '../../channel/frame-rate';
import { BUFFER_BITS_OF_HEVC } from '../../channel/hevc';
import { isHevcAbove1080p, type Ladder } from '../../channel/ladder';
import type { StreamTiming } from '../../channel/latency';
import type { Rendition } from '../../channel/rendition';

type BFrames = Required<Pick<CfnChannel.H265SettingsProperty, 'gopBReference' | 'gopNumBFrames' | 'subgopLength'>>;

/** Settings that all renditions of a channel share. */
interface ChannelVideo {
  readonly timing: StreamTiming;
  readonly bFrames: BFrames;
}

/**
 * Returns the use of B-frames, which is the same in all renditions of a ladder. Above 1080p, MediaLive accepts HEVC only
 * with these values and otherwise refuses the channel.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html (H265Settings)
 */
export function bFramesOf(ladder: Ladder, { lookAhead }: Pick<StreamTiming, 'lookAhead'>): BFrames {
  if (isHevcAbove1080p(ladder)) return { gopBReference: 'DISABLED', gopNumBFrames: 2, subgopLength: 'FIXED' };
  if (lookAhead === 'LOW') return { gopBReference: 'DISABLED', gopNumBFrames: 1, subgopLength: 'FIXED' };
  return { gopBReference: 'ENABLED', gopNumBFrames: 3, subgopLength: 'DYNAMIC' };
}

/** Returns the codec of one rendition of a channel, with its settings. */
export function videoCodecSettings(
  rendition: Rendition,
  channelFrameRate: string,
  video: ChannelVideo,
): CfnChannel.VideoCodecSettingsProperty {
  const frameRate = rendition.frameRate ?? channelFrameRate;
  switch (rendition.codec) {
    case 'h264':
      return { h264Settings: h264(rendition, frameRate, video) };
    case 'hevc':
      return { h265Settings: h265(rendition, frameRate, video) };
  }
}

/** Returns the settings that have the same names and values in both codecs. */
function common(rendition: Rendition, frameRate: string, { timing, bFrames }: ChannelVideo) {
  const { numerator, denominator } = fraction(frameRate);
  return {
    adaptiveQuantization: 'AUTO',
    afdSignaling: 'NONE',
    bufSize: bufferBits(rendition, timing),
    colorMetadata: 'INSERT',
    flickerAq: 'ENABLED',
    framerateDenominator: denominator,
    framerateNumerator: numerator,
    ...bFrames,
    gopClosedCadence: 1,
    ...gop(frameRate, timing),
    lookAheadRateControl: timing.lookAhead,
    ...bits(rendition),
    parDenominator: 1,
    parNumerator: 1,
    ...rateControl(rendition),
    scanType: 'PROGRESSIVE',
    sceneChangeDetect: 'ENABLED',
    timecodeInsertion: 'DISABLED',
  };
}

function h264(rendition: Rendition, frameRate: string, video: ChannelVideo): CfnChannel.H264SettingsProperty {
  return {
    ...common(rendition, frameRate, video),
    entropyEncoding: 'CABAC',
    framerateControl: 'SPECIFIED',
    level: 'H264_LEVEL_AUTO',
    numRefFrames: 3,
    parControl: 'SPECIFIED',
    profile: rendition.profile,
    spatialAq: 'ENABLED',
    syntax: 'DEFAULT',
    temporalAq: 'ENABLED',
  };
}

/**
 * Returns HEVC settings that match those of H.264: 8 bits, Main tier, the colours of HD. MediaLive has no setting for
 * HEVC's CABAC, its reference frames, and its adaptive quantization in space and time.
 */
function h265(rendition: Rendition, frameRate: string, video: ChannelVideo): CfnChannel.H265SettingsProperty {
  return {
    ...common(rendition, frameRate, video),
    alternativeTransferFunction: 'OMIT',
    level: 'H265_LEVEL_AUTO',
    profile: 'MAIN',
    tier: 'MAIN',
  };
}

/** Returns the size of the decoder buffer in bits: by default one GOP, within the limits of HEVC. */
function bufferBits({ codec, bitrate, bufferSeconds }: Rendition, timing: StreamTiming): number {
  const bits = Math.round(bitrate * (bufferSeconds ?? timing.bufferSeconds));
  const { least, most } = BUFFER_BITS_OF_HEVC;
  return codec === 'hevc' ? Math.min(most, Math.max(least, bits)) : bits;
}

function gop(frameRate: string, { gopSeconds }: StreamTiming) {
  const { numerator, denominator } = fraction(frameRate);
  const frames = (gopSeconds * numerator) / denominator;
  // Seconds where they are a whole number of frames. Otherwise frames, so that every GOP has the same length.
  return Number.isInteger(frames)
    ? { gopSize: gopSeconds, gopSizeUnits: 'SECONDS' }
    : { gopSize: Math.round(frames), gopSizeUnits: 'FRAMES' };
}

function bits({ rateControl, bitrate }: Rendition) {
  return rateControl === 'cbr' ? { bitrate } : { maxBitrate: bitrate };
}

function rateControl({ rateControl, quality }: Rendition) {
  return rateControl === 'cbr' ? { rateControlMode: 'CBR' } : { qvbrQualityLevel: quality, rateControlMode: 'QVBR' };
}
