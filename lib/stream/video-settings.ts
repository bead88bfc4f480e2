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

function h264(rendition: Rendition, frameRate: string, timing: StreamTiming): CfnChannel.H264SettingsProperty {
  const { numerator, denominator } = fraction(frameRate);
  const lowDelay = timing.lookAhead === 'LOW';
  return {
    adaptiveQuantization: 'AUTO',
    afdSignaling: 'NONE',
    bufSize: Math.round(rendition.bitrate * (rendition.bufferSeconds ?? timing.bufferSeconds)),
    colorMetadata: 'INSERT',
    entropyEncoding: 'CABAC',
    flickerAq: 'ENABLED',
    framerateControl: 'SPECIFIED',
    framerateDenominator: denominator,
    framerateNumerator: numerator,
    gopBReference: lowDelay ? 'DISABLED' : 'ENABLED',
    gopClosedCadence: 1,
    gopNumBFrames: lowDelay ? 1 : 3,
    ...gop(frameRate, timing),
    level: 'H264_LEVEL_AUTO',
    lookAheadRateControl: timing.lookAhead,
    ...bits(rendition),
    numRefFrames: 3,
    parControl: 'SPECIFIED',
    parDenominator: 1,
    parNumerator: 1,
    profile: rendition.profile,
    ...rateControl(rendition),
    scanType: 'PROGRESSIVE',
    sceneChangeDetect: 'ENABLED',
    spatialAq: 'ENABLED',
    subgopLength: lowDelay ? 'FIXED' : 'DYNAMIC',
    syntax: 'DEFAULT',
    temporalAq: 'ENABLED',
    timecodeInsertion: 'DISABLED',
  };
}

/**
 * HEVC as H.264 is used, in its words: 8 bits, Main tier, in the colours of HD. CABAC, reference frames and adaptive
 * quantization in space and time are the codec's own here, without a setting.
 */
function h265(rendition: Rendition, frameRate: string, timing: StreamTiming): CfnChannel.H265SettingsProperty {
  const { numerator, denominator } = fraction(frameRate);
  const lowDelay = timing.lookAhead === 'LOW';
  return {
    adaptiveQuantization: 'AUTO',
    afdSignaling: 'NONE',
    alternativeTransferFunction: 'OMIT',
    bufSize: Math.round(rendition.bitrate * (rendition.bufferSeconds ?? timing.bufferSeconds)),
    colorMetadata: 'INSERT',
    flickerAq: 'ENABLED',
    framerateDenominator: denominator,
    framerateNumerator: numerator,
    gopBReference: lowDelay ? 'DISABLED' : 'ENABLED',
    gopClosedCadence: 1,
    gopNumBFrames: lowDelay ? 1 : 3,
    ...gop(frameRate, timing),
    level: 'H265_LEVEL_AUTO',
    lookAheadRateControl: timing.lookAhead,
    ...bits(rendition),
    parDenominator: 1,
    parNumerator: 1,
    profile: 'MAIN',
    ...rateControl(rendition),
    scanType: 'PROGRESSIVE',
    sceneChangeDetect: 'ENABLED',
    subgopLength: lowDelay ? 'FIXED' : 'DYNAMIC',
    tier: 'MAIN',
    timecodeInsertion: 'DISABLED',
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
