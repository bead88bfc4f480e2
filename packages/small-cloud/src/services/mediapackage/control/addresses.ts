import { createHash } from 'node:crypto';
import type { Cloud } from '../../../contract';
import type { Endpoint } from '../model/endpoint';

/** ARN of a channel group, or of what is in it (`channel/main`, `channel/main/originEndpoint/cmaf`). */
export function arn({ partition, region, accountId }: Cloud, group: string, inside?: string): string {
  const path = inside === undefined ? group : `${group}/${inside}`;
  return `arn:${partition}:mediapackagev2:${region}:${accountId}:channelGroup/${path}`;
}

/** The domain from which a group's endpoints are read; the same for the same account, Region and name. */
export function egressDomain(cloud: Cloud, group: string): string {
  return `${hash(cloud, group)}.egress.${hash(cloud, '')}.mediapackagev2.${cloud.region}.amazonaws.com`;
}

/** The domain that an encoder's pipeline sends a channel to: input 1 is pipeline 0's. */
export function ingestDomain(cloud: Cloud, group: string, channel: string, input: 1 | 2): string {
  const id = hash(cloud, `${group}/${channel}`);
  return `${id}-${input}.ingest.${hash(cloud, group)}.mediapackagev2.${cloud.region}.amazonaws.com`;
}

/** The path under which an input's tracks are sent. */
export function ingestPath(group: string, channel: string, input: 1 | 2): string {
  return `/in/v1/${group}/${input}/${channel}/`;
}

/** The URLs of an endpoint's manifests, as `Fn::GetAtt` gives them. */
export function manifestUrls(folder: string, { hlsManifests, dashManifests, smoothManifests = [] }: Endpoint) {
  const hls = (lowLatency: boolean) =>
    hlsManifests.filter((one) => one.lowLatency === lowLatency).map(({ name }) => `${folder}/${name}.m3u8`);
  return {
    HlsManifestUrls: hls(false),
    LowLatencyHlsManifestUrls: hls(true),
    DashManifestUrls: dashManifests.map(({ name }) => `${folder}/${name}.mpd`),
    MssManifestUrls: smoothManifests.map((name) => `${folder}/${name}.ism/Manifest`),
  };
}

/** Six characters, as AWS's own are. */
function hash({ accountId, region }: Cloud, of: string): string {
  return createHash('sha256').update(`${accountId}/${region}/${of}`).digest('hex').slice(0, 6);
}
