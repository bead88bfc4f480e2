import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { fraction } from '../../channel/frame-rate';
import { BUFFER_BITS_OF_HEVC } from '../../channel/hevc';
import { isHevcAbove1080p, type Ladder } from '../../channel/ladder';
import type { StreamTiming } from '../../channel/latency';
import type { Rendition } from '../../channel/rendition';

type BFrames = Required<Pick<CfnChannel.H265SettingsProperty, 'gopBReference' | 'gopNumBFrames' | 'subgopLength'>>;

/** What all renditions of a channel have in common. */
interface ChannelVideo {
  readonly timing: StreamTiming;
  readonly bFrames: BFrames;
}

/**
 * How B-frames are used, in all renditions of a ladder alike. Above 1080p, MediaLive takes HEVC with these values only,
 * and refuses the channel otherwise.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html (H265Settings)
 */
export function bFramesOf(ladder: Ladder, { lookAhead }: Pick<StreamTiming, 'lookAhead'>): BFrames {
  if (isHevcAbove1080p(ladder)) return { gopBReference: 'DISABLED', gopNumBFrames: 2, subgopLength: 'FIXED' };
  if (lookAhead === 'LOW') return { gopBReference: 'DISABLED', gopNumBFrames: 1, subgopLength: 'FIXED' };
  return { gopBReference: 'ENABLED', gopNumBFrames: 3, subgopLength: 'DYNAMIC' };
}

/** The codec and its settings for one rendition of a channel. */
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

/** What both codecs are told in the same words. */
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
 * HEVC as H.264 is used: 8 bits, Main tier, in the colours of HD. CABAC, reference frames and adaptive quantization in
 * space and time are the codec's own here, without a setting.
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

/** Size of the decoder buffer, in bits: one GOP where the rendition says nothing, as far as HEVC takes it. */
function bufferBits({ codec, bitrate, bufferSeconds }: Rendition, timing: StreamTiming): number {
  const bits = Math.round(bitrate * (bufferSeconds ?? timing.bufferSeconds));
  const { least, most } = BUFFER_BITS_OF_HEVC;
  return codec === 'hevc' ? Math.min(most, Math.max(least, bits)) : bits;
}

function gop(frameRate: string, { gopSeconds }: StreamTiming) {
  const { numerator, denominator } = fraction(frameRate);
  const frames = (gopSeconds * numerator) / denominator;
  // Seconds where they are a whole number of frames; else frames, so that every GOP has the same length.
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
