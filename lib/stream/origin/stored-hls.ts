import { Aws } from 'aws-cdk-lib';
import { OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { audioTracks } from '../../channel/audio';
import { renditionsOf } from '../../channel/ladder';
import { type StreamTiming, streamTiming } from '../../channel/latency';
import { type LiveChannel, pipelineCount } from '../../channel/live-channel';
import { neededStartOverSeconds } from '../../channel/recording';
import { BASE_NAMES, hlsOutputGroup } from './hls-output-group';
import type { HarvestSource, Manifest, OriginEgress, OriginIngest } from './origin';

/** Folder of the store that the edge reads. The other folders of its URLs are the player's. */
export const FOLDER = 'live';

/** Paths of stored HLS. The answer does not depend on the query. */
export const STORED_PATTERNS = {
  manifestPatterns: [`/${FOLDER}/*.m3u8`],
  mediaPattern: `/${FOLDER}/*`,
  manifestQueryStrings: [],
  segmentQueryStrings: [],
  // A bucket answers a preflight by its own rules. The edge's response headers change its headers, not its status.
  preflight: OriginRequestPolicy.CORS_S3_ORIGIN,
  preflightHeaders: ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'],
} satisfies Partial<OriginEgress>;

/** The store of a channel's HLS, and the way in which MediaLive puts files to it. */
export interface HlsStore {
  /** Id of the channel's destination. */
  readonly destination: string;
  /** Address of the store without a path, in MediaLive's form: `s3ssl://bucket`. */
  readonly url: string;
  readonly hlsCdnSettings: CfnChannel.HlsCdnSettingsProperty;
}

/** Returns a channel whose finished HLS MediaLive writes into its own folder of a store. */
export function storedChannel(channel: LiveChannel, { destination, url, hlsCdnSettings }: HlsStore) {
  const { adMarkers, timedMetadata, inputLoss } = channel;
  const timing = storedTiming(channel);
  const pipelines = pipelineCount(channel);
  const folder = `${FOLDER}/${channel.name}`;
  const manifest: Manifest = {
    format: 'hls-ts',
    path: `/${folder}/${BASE_NAMES[0]}.m3u8`,
    targetLatencySeconds: timing.playerTargetSeconds.segments,
  };
  const ingest: Pick<OriginIngest, 'outputGroup' | 'destination'> = {
    outputGroup: (tracks) =>
      hlsOutputGroup(tracks, timing, { destination, pipelines, hlsCdnSettings, adMarkers, timedMetadata, inputLoss }),
    destination: {
      id: destination,
      settings: BASE_NAMES.slice(0, pipelines).map((name) => ({ url: `${url}/${folder}/${name}` })),
    },
  };
  const rewind = channel.rewind === undefined ? undefined : { seconds: channel.rewind * 60, manifests: [manifest] };
  return { folder, manifest, rewind, harvest: harvest(channel, manifest), ingest };
}

/**
 * Returns the durations of a channel whose one playlist lists as much as viewers may go back, and as much as the recorder
 * needs, which reads it every minute.
 */
function storedTiming({ latency, rewind, recording }: LiveChannel): StreamTiming {
  const timing = streamTiming(latency);
  const { manifestWindowSeconds } = timing;
  const listed = rewind === undefined ? manifestWindowSeconds : rewind * 60;
  return { ...timing, manifestWindowSeconds: recording === undefined ? listed : Math.max(listed, RECORDED_SECONDS) };
}

/** Shortest playlist of a recorded channel. The recorder may miss some minutes. */
const RECORDED_SECONDS = 300;

/**
 * Tells whether the segments of a rendition have audio in them, as MediaConvert needs it.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html
 */
function hasAudioInVideo({ ladder, audio }: LiveChannel): boolean {
  return renditionsOf(ladder).length > 0 && audioTracks(audio).length <= 1;
}

/** Returns the source of a channel's recordings; undefined for a channel without. */
function harvest(channel: LiveChannel, { path }: Manifest): HarvestSource | undefined {
  if (channel.recording === undefined) return undefined;
  return {
    kind: 's3',
    channelGroup: Aws.STACK_NAME,
    targets: [
      {
        endpoint: channel.name,
        folder: 'vod',
        manifests: { hls: ['index'], lowLatencyHls: [], dash: [] },
        convertible: hasAudioInVideo(channel),
      },
    ],
    path,
    windowSeconds: neededStartOverSeconds(channel),
    segmentSeconds: streamTiming(channel.latency).segmentSeconds,
  };
}

/** Reason for the wildcard below a channel's folder in the encoder's role. */
export const OWN_FOLDER_REASON =
  'MediaLive names the segments that it writes after their time: all in the folder of this channel.';
