import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { renditionName, renditionsOf } from '../../channel/ladder';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import { captionNames } from '../inputs/caption-selectors';
import type { OriginIngest } from '../origin/origin';
import { audioDescriptions, encodedAudio } from './audio-settings';
import { availConfiguration } from './avail-settings';
import { captionDescriptions } from './captions-settings';
import { inputLossBehavior } from './input-loss-settings';
import { thumbnailConfiguration } from './thumbnails';
import { bFramesOf, videoCodecSettings } from './video-settings';

/**
 * Settings that align two pipelines by their video. The default compares timecodes, which RTMP, files and HLS do not have.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-locking-verify-input.html
 */
const VIDEO_ALIGNMENT: CfnChannel.OutputLockingSettingsProperty = {
  pipelineLockingSettings: { pipelineLockingMethod: 'VIDEO_ALIGNMENT' },
};

/**
 * Returns MediaLive's encodes of the input: one in H.264 or HEVC for each rendition, and the audio of all of them. The
 * origin decides which outputs they go to.
 *
 * Width, height, pixel aspect ratio and frame rate are always given. The MediaPackage output group does not accept "follow
 * the source", and every origin should get the same encodes.
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
        audio: encodedAudio(channel.audio),
        captions: captionNames(channel.captions),
      }),
    ],
    ...availConfiguration(channel.adMarkers),
    timecodeConfig: { source: 'SYSTEMCLOCK' },
    globalConfiguration: {
      inputEndAction: 'NONE',
      inputLossBehavior: inputLossBehavior(channel.inputLoss),
      outputLockingMode: 'PIPELINE_LOCKING',
      outputLockingSettings: channel.redundancy === 'two-pipelines' ? VIDEO_ALIGNMENT : undefined,
      outputTimingSource: 'SYSTEM_CLOCK',
      supportLowFramerateInputs: 'DISABLED',
    },
    thumbnailConfiguration: thumbnailConfiguration(channel.thumbnails),
  };
}
