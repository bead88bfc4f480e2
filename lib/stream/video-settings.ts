import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { fraction } from '../channel/frame-rate';
import type { StreamTiming } from '../channel/latency';
import type { Rendition } from '../channel/rendition';

/** The codec and its settings for one rendition of a channel. */
export function videoCodecSettings(
  rendition: Rendition,
  channelFrameRate: string,
  timing: StreamTiming,
): CfnChannel.VideoCodecSettingsProperty {
  const frameRate = rendition.frameRate ?? channelFrameRate;
  switch (rendition.codec) {
    case 'h264':
      return { h264Settings: h264(rendition, frameRate, timing) };
    case 'hevc':
      return { h265Settings: h265(rendition, frameRate, timing) };
  }
}

/** What both codecs are told in the same words. */
function common(rendition: Rendition, frameRate: string, timing: StreamTiming) {
  const { numerator, denominator } = fraction(frameRate);
  const lowDelay = timing.lookAhead === 'LOW';
  return {
    adaptiveQuantization: 'AUTO',
    afdSignaling: 'NONE',
    bufSize: Math.round(rendition.bitrate * (rendition.bufferSeconds ?? timing.bufferSeconds)),
    colorMetadata: 'INSERT',
    flickerAq: 'ENABLED',
    framerateDenominator: denominator,
    framerateNumerator: numerator,
    gopBReference: lowDelay ? 'DISABLED' : 'ENABLED',
    gopClosedCadence: 1,
    gopNumBFrames: lowDelay ? 1 : 3,
    ...gop(frameRate, timing),
    lookAheadRateControl: timing.lookAhead,
    ...bits(rendition),
    parDenominator: 1,
    parNumerator: 1,
    ...rateControl(rendition),
    scanType: 'PROGRESSIVE',
    sceneChangeDetect: 'ENABLED',
    subgopLength: lowDelay ? 'FIXED' : 'DYNAMIC',
    timecodeInsertion: 'DISABLED',
  };
}

function h264(rendition: Rendition, frameRate: string, timing: StreamTiming): CfnChannel.H264SettingsProperty {
  return {
    ...common(rendition, frameRate, timing),
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
function h265(rendition: Rendition, frameRate: string, timing: StreamTiming): CfnChannel.H265SettingsProperty {
  return {
    ...common(rendition, frameRate, timing),
    alternativeTransferFunction: 'OMIT',
    level: 'H265_LEVEL_AUTO',
    profile: 'MAIN',
    tier: 'MAIN',
  };
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
