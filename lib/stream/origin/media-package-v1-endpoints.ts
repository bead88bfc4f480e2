import { Aws } from 'aws-cdk-lib';
import { audioTracks } from '../../channel/audio';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { neededStartOverSeconds, recordingOf } from '../../channel/recording';
import { CMAF_MANIFEST, MANIFEST, REWIND_MANIFEST, V1_FORMATS, type V1Format } from './media-package-v1-packages';
import type { HarvestTarget } from './origin';

/** Names of the endpoints that only recordings are harvested from. */
const RECORDING = 'recording';
const RECORDING_TS = 'recording-ts';

/** The settings of a channel that its endpoints depend on. */
type EndpointChannel = Pick<LiveChannel, 'name' | 'audio' | 'rewind' | 'recording' | 'schedule'>;

/** An endpoint of MediaPackage v1. */
export interface V1EndpointPlan {
  /** End of its id, and beginning of its logical id. */
  readonly name: string;
  readonly format: V1Format;
  /** Puts the audio into segments of its own. @default where viewers choose among several */
  readonly audioApart?: boolean;
  /** Length of its manifest. @default that of the live manifests */
  readonly windowSeconds?: number;
  /** Length of the second manifest of a CMAF endpoint. @default there is none */
  readonly rewindSeconds?: number;
}

/**
 * Returns the endpoints of a channel: one for each format, and with `rewind` a second one with a longer manifest, because
 * an endpoint has one manifest. Only that of CMAF has several. Nine at most; a channel may have ten.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/live-quotas.html
 */
export function v1Endpoints(formats: readonly V1Format[], channel: EndpointChannel): readonly V1EndpointPlan[] {
  const rewindSeconds = channel.rewind === undefined ? undefined : channel.rewind * 60;
  const plans: V1EndpointPlan[] = formats.map((format) =>
    format === 'cmaf' && rewindSeconds !== undefined
      ? { name: format, format, rewindSeconds }
      : { name: format, format },
  );
  if (rewindSeconds !== undefined) {
    for (const format of formats.filter((one) => one === 'hls' || one === 'dash')) {
      plans.push({ name: rewindName(format), format, windowSeconds: rewindSeconds });
    }
  }
  const names = v1Targets(formats, channel).map(({ name }) => name);
  if (names.includes(RECORDING)) plans.push({ name: RECORDING, format: 'hls' });
  if (names.includes(RECORDING_TS)) plans.push({ name: RECORDING_TS, format: 'hls', audioApart: false });
  return plans;
}

/** A copy of a channel's media: the name of the endpoint, and the folder of the bucket. */
interface V1Target extends Pick<HarvestTarget, 'folder'> {
  readonly name: string;
}

/**
 * Returns the copies that are made of a channel's media: HLS in MPEG-TS, which every player takes. A job of v1 copies one
 * endpoint with its own segments, so a recording in DASH as well would be stored twice. MediaConvert has a copy of its own
 * in every channel whose segments contain the audio, and in others where it makes something.
 */
export function v1Targets(formats: readonly V1Format[], channel: EndpointChannel): readonly V1Target[] {
  const options = recordingOf(channel);
  if (options === undefined) return [];
  const name = formats.includes('hls') ? 'hls' : RECORDING;
  const vod: V1Target = { name, folder: 'vod' };
  if (audioTracks(channel.audio).length <= 1) return [vod, { name, folder: 'conversion' }];
  return options.pictures || options.mp4 ? [vod, { name: RECORDING_TS, folder: 'conversion' }] : [vod];
}

/** Returns the name of the endpoint with a format's longer manifest. */
export function rewindName(format: 'hls' | 'dash'): string {
  return `${format}-${REWIND_MANIFEST}`;
}

/** Returns the id of an endpoint: unique in an account and Region. */
export function v1EndpointId(channel: Pick<LiveChannel, 'name'>, name: string): string {
  return `${Aws.STACK_NAME}-${channel.name}-${name}`;
}

/** Returns how long a channel's media is kept: as long as the description says or as the channel needs, if that is more. */
export function v1StartOverSeconds(
  { startOverSeconds }: Pick<OriginOf<'media-package-v1'>, 'startOverSeconds'>,
  channel: EndpointChannel,
): number {
  return Math.max(startOverSeconds, neededStartOverSeconds(channel));
}

/** Returns the path of a format's live manifest below the folder of its endpoint. */
export function v1ManifestPath(folder: string, format: V1Format): string {
  return `${folder}/${format === 'cmaf' ? `${CMAF_MANIFEST}/` : ''}${V1_FORMATS[format].file}`;
}

/** Returns the path of the longer manifest of CMAF. */
export function cmafRewindPath(folder: string): string {
  return `${folder}/${REWIND_MANIFEST}/${REWIND_MANIFEST}.m3u8`;
}

/** Name of the manifest that a harvest copies. */
export const HARVESTED = { hls: [MANIFEST], lowLatencyHls: [], dash: [] } as const;
