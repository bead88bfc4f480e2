import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { renditionName, renditionsOf } from '../../channel/ladder';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import { availConfiguration } from '../origin/ad-markers';
import type { OriginIngest } from '../origin/origin';
import { audioDescriptions, encodedSounds } from './audio-settings';
import { captionDescriptions, captionNames } from './captions-settings';
import { inputLossBehavior } from './input-loss-settings';
import { thumbnailConfiguration } from './thumbnails';
import { bFramesOf, videoCodecSettings } from './video-settings';

/**
 * Keeps two pipelines in step by what they show: the default compares timecodes, which RTMP, files and HLS do not carry.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-locking-verify-input.html
 */
const LOCKED_BY_PICTURES: CfnChannel.OutputLockingSettingsProperty = {
  pipelineLockingSettings: { pipelineLockingMethod: 'VIDEO_ALIGNMENT' },
};

/**
 * What MediaLive is told to make of the input: one H.264 or HEVC encode for each rendition and the sounds of all of them.
 * Which outputs they go to is the origin's to say.
 *
 * Width, height, pixel aspect ratio and frame rate are always given: the MediaPackage output group takes no "follow
 * the source", and every origin shall get the same encodes.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/mediapackage-encode-packaging.html
 */
export function encoderSettings(
  channel: Pick<
    LiveChannel,
    'redundancy' | 'ladder' | 'latency' | 'frameRate' | 'audio' | 'captions' | 'adMarkers' | 'inputLoss' | 'thumbnails'
  >,
  ingest: Pick<OriginIngest, 'outputGroup'>,
): CfnChannel.EncoderSettingsProperty {
  const timing = streamTiming(channel.latency);
  const renditions = renditionsOf(channel.ladder);
  const bFrames = bFramesOf(channel.ladder, timing);
  return {
    videoDescriptions: renditions.map((rendition) => ({
      name: renditionName(rendition),
      width: rendition.width,
      height: rendition.height,
      respondToAfd: 'NONE',
      scalingBehavior: 'DEFAULT',
      sharpness: 50,
      codecSettings: videoCodecSettings(rendition, channel.frameRate, { timing, bFrames }),
    })),
    audioDescriptions: audioDescriptions(channel.audio),
    ...captionDescriptions(channel.captions),
    outputGroups: [
      ingest.outputGroup({
        renditions: renditions.map(renditionName),
        audio: encodedSounds(channel.audio),
        captions: captionNames(channel.captions),
      }),
    ],
    ...availConfiguration(channel.adMarkers),
    timecodeConfig: { source: 'SYSTEMCLOCK' },
    globalConfiguration: {
      inputEndAction: 'NONE',
      inputLossBehavior: inputLossBehavior(channel.inputLoss),
      outputLockingMode: 'PIPELINE_LOCKING',
      ...(channel.redundancy === 'two-pipelines' && { outputLockingSettings: LOCKED_BY_PICTURES }),
      outputTimingSource: 'SYSTEM_CLOCK',
      supportLowFramerateInputs: 'DISABLED',
    },
    thumbnailConfiguration: thumbnailConfiguration(channel.thumbnails),
  };
}
