import { createHash } from 'node:crypto';
import type { Cloud } from '../../../contract';
import type { Endpoint } from '../model/endpoint';

/** Returns the ARN of a channel group, or of a resource in it (`channel/main`, `channel/main/originEndpoint/cmaf`). */
export function arn({ partition, region, accountId }: Cloud, group: string, inside?: string): string {
  const path = inside === undefined ? group : `${group}/${inside}`;
  return `arn:${partition}:mediapackagev2:${region}:${accountId}:channelGroup/${path}`;
}

/** Returns the domain of a group's endpoints; the same for the same account, Region and name. */
export function egressDomain(cloud: Cloud, group: string): string {
  return `${hash(cloud, group)}.egress.${hash(cloud, '')}.mediapackagev2.${cloud.region}.amazonaws.com`;
}

/** Returns the domain to which a pipeline sends a channel: input 1 for pipeline 0, input 2 for pipeline 1. */
export function ingestDomain(cloud: Cloud, group: string, channel: string, input: 1 | 2): string {
  const id = hash(cloud, `${group}/${channel}`);
  return `${id}-${input}.ingest.${hash(cloud, group)}.mediapackagev2.${cloud.region}.amazonaws.com`;
}

/** Returns the path below which an input's tracks are sent. */
export function ingestPath(group: string, channel: string, input: 1 | 2): string {
  return `/in/v1/${group}/${input}/${channel}/`;
}

/** Lists the URLs of an endpoint's manifests, by their attribute names for `Fn::GetAtt`. */
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

/** Returns six characters, as many as in AWS's domains. */
function hash({ accountId, region }: Cloud, of: string): string {
  return createHash('sha256').update(`${accountId}/${region}/${of}`).digest('hex').slice(0, 6);
}
