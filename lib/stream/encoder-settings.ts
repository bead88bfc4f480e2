import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Rendition, renditionName, renditionsOf } from '../channel/ladder';
import { type StreamTiming, streamTiming } from '../channel/latency';
import { fraction, type LiveChannel } from '../channel/live-channel';
import type { OriginIngest } from './origin';

/** The names that tie the parts of a channel's encoder settings together. */
export const ENCODER_NAMES = { audio: 'audio', audioSelector: 'default' } as const;

/**
 * What MediaLive is told to make of the input: one H.264 encode for each rendition and one AAC encode for all of them.
 * Which outputs they go to is the origin's to say.
 *
 * Width, height, pixel aspect ratio and frame rate are always given: the MediaPackage output group takes no "follow
 * the source", and every origin shall get the same encodes.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/mediapackage-encode-packaging.html
 */
export function encoderSettings(
  channel: Pick<LiveChannel, 'ladder' | 'latency' | 'frameRate' | 'audio'>,
  ingest: Pick<OriginIngest, 'outputGroup'>,
): CfnChannel.EncoderSettingsProperty {
  const timing = streamTiming(channel.latency);
  const renditions = renditionsOf(channel.ladder);
  return {
    videoDescriptions: renditions.map((rendition) => ({
      name: renditionName(rendition),
      width: rendition.width,
      height: rendition.height,
      respondToAfd: 'NONE',
      scalingBehavior: 'DEFAULT',
      sharpness: 50,
      codecSettings: { h264Settings: h264(rendition, channel.frameRate, timing) },
    })),
    audioDescriptions: [
      {
        name: ENCODER_NAMES.audio,
        audioSelectorName: ENCODER_NAMES.audioSelector,
        audioTypeControl: 'FOLLOW_INPUT',
        languageCodeControl: 'FOLLOW_INPUT',
        codecSettings: {
          aacSettings: {
            bitrate: channel.audio.bitrate,
            codingMode: 'CODING_MODE_2_0',
            inputType: 'NORMAL',
            profile: 'LC',
            rateControlMode: 'CBR',
            rawFormat: 'NONE',
            sampleRate: 48_000,
            spec: 'MPEG4',
          },
        },
      },
    ],
    outputGroups: [ingest.outputGroup({ renditions: renditions.map(renditionName), audio: ENCODER_NAMES.audio })],
    timecodeConfig: { source: 'SYSTEMCLOCK' },
    // The input's loss is bridged for two seconds; after that the output group pauses.
    globalConfiguration: {
      inputEndAction: 'NONE',
      inputLossBehavior: {
        repeatFrameMsec: 1000,
        blackFrameMsec: 1000,
        inputLossImageType: 'COLOR',
        inputLossImageColor: '000000',
      },
      outputLockingMode: 'PIPELINE_LOCKING',
      outputTimingSource: 'SYSTEM_CLOCK',
      supportLowFramerateInputs: 'DISABLED',
    },
    // Thumbnails would need leave to write to a bucket of the service that has no nameable ARN.
    thumbnailConfiguration: { state: 'DISABLED' },
  };
}

function h264(rendition: Rendition, frameRate: string, timing: StreamTiming): CfnChannel.H264SettingsProperty {
  const { numerator, denominator } = fraction(frameRate);
  const gopFrames = (timing.gopSeconds * numerator) / denominator;
  const lowDelay = timing.lookAhead === 'LOW';
  return {
    adaptiveQuantization: 'AUTO',
    afdSignaling: 'NONE',
    bufSize: Math.round(rendition.bitrate * timing.bufferSeconds),
    colorMetadata: 'INSERT',
    entropyEncoding: 'CABAC',
    flickerAq: 'ENABLED',
    framerateControl: 'SPECIFIED',
    framerateDenominator: denominator,
    framerateNumerator: numerator,
    gopBReference: lowDelay ? 'DISABLED' : 'ENABLED',
    gopClosedCadence: 1,
    gopNumBFrames: lowDelay ? 1 : 3,
    // Seconds where they are a whole number of frames; else frames, so that every GOP has the same length.
    ...(Number.isInteger(gopFrames)
      ? { gopSize: timing.gopSeconds, gopSizeUnits: 'SECONDS' }
      : { gopSize: Math.round(gopFrames), gopSizeUnits: 'FRAMES' }),
    level: 'H264_LEVEL_AUTO',
    lookAheadRateControl: timing.lookAhead,
    maxBitrate: rendition.bitrate,
    numRefFrames: 3,
    parControl: 'SPECIFIED',
    parDenominator: 1,
    parNumerator: 1,
    profile: rendition.profile,
    qvbrQualityLevel: rendition.quality,
    rateControlMode: 'QVBR',
    scanType: 'PROGRESSIVE',
    sceneChangeDetect: 'ENABLED',
    spatialAq: 'ENABLED',
    subgopLength: lowDelay ? 'FIXED' : 'DYNAMIC',
    syntax: 'DEFAULT',
    temporalAq: 'ENABLED',
    timecodeInsertion: 'DISABLED',
  };
}
