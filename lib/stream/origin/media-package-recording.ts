import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackagev2';
import { audioTracks } from '../../channel/audio';
import { isHevc } from '../../channel/ladder';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { neededStartOverSeconds, recordingOf } from '../../channel/recording';
import { DASH, HLS, LOW_LATENCY_HLS, type V2Format } from './media-package-formats';
import type { HarvestTarget } from './origin';

/** Names of the endpoints that only recordings are harvested from. */
export const RECORDING = 'recording';
export const RECORDING_TS = 'recording-ts';

/** The settings of a channel that its endpoints depend on. */
export type EndpointChannel = Pick<
  LiveChannel,
  'ladder' | 'latency' | 'adMarkers' | 'audio' | 'rewind' | 'recording' | 'schedule'
>;

/** The settings of the origin that endpoints depend on. */
export type EndpointOptions = Pick<OriginOf<'media-package'>, 'startOverSeconds' | 'forceEndpointErrors'>;

/** A copy of a channel's media: the endpoint that it is harvested from, and its first manifest. */
type Target = Omit<HarvestTarget, 'endpointArn'> & { readonly file: string };

/**
 * Returns the copies that are made of a channel's media: for viewers, and for MediaConvert where it makes something. They
 * come from endpoints that viewers use, unless these answer with errors when nothing new comes, have no HLS, in which the
 * recorder reads the times, or no segments that MediaConvert reads.
 */
export function harvestTargets(
  formats: readonly V2Format[],
  origin: EndpointOptions,
  channel: EndpointChannel,
): readonly Target[] {
  const conversion = conversionEndpoint(formats, origin, channel);
  if (conversion === undefined) return [viewersTarget(formats, origin)];
  const manifests = { hls: [HLS], lowLatencyHls: [], dash: [] };
  return [
    viewersTarget(formats, origin),
    { endpoint: conversion, folder: 'conversion', file: `${HLS}.m3u8`, manifests },
  ];
}

function viewersTarget(formats: readonly V2Format[], { forceEndpointErrors }: EndpointOptions): Target {
  const has = (format: V2Format) => formats.includes(format);
  const folder = 'vod';
  const file = `${HLS}.m3u8`;
  if (forceEndpointErrors.length > 0 || !(has('hls') || has('ll-hls') || has('hls-ts'))) {
    return { endpoint: RECORDING, folder, file, manifests: { hls: [HLS], lowLatencyHls: [], dash: [DASH] } };
  }
  const dash = has('dash') ? [DASH] : [];
  if (has('hls')) return { endpoint: 'cmaf', folder, file, manifests: { hls: [HLS], lowLatencyHls: [], dash } };
  if (has('ll-hls')) {
    const manifests = { hls: [], lowLatencyHls: [LOW_LATENCY_HLS], dash };
    return { endpoint: 'cmaf', folder, file: `${LOW_LATENCY_HLS}.m3u8`, manifests };
  }
  return { endpoint: 'ts', folder, file, manifests: { hls: [HLS], lowLatencyHls: [], dash: [] } };
}

/** Returns the endpoint with segments that MediaConvert reads: MPEG-TS with audio in them. HEVC has none. */
function conversionEndpoint(
  formats: readonly V2Format[],
  { forceEndpointErrors }: EndpointOptions,
  channel: EndpointChannel,
): string | undefined {
  if (isHevc(channel.ladder)) return undefined;
  const isReadable = formats.includes('hls-ts') && audioTracks(channel.audio).length <= 1;
  if (isReadable && forceEndpointErrors.length === 0) return 'ts';
  const options = recordingOf(channel);
  return options?.pictures === true || options?.mp4 === true ? RECORDING_TS : undefined;
}

/** Returns how long a channel's media is kept: as long as the description says or as the channel needs, if that is more. */
export function startOverSeconds(
  { startOverSeconds: given }: Pick<EndpointOptions, 'startOverSeconds'>,
  channel: EndpointChannel,
): number | undefined {
  const needed = neededStartOverSeconds(channel);
  return needed === 0 ? given : Math.max(given ?? 0, needed);
}

/**
 * Returns the permission of MediaPackage to harvest from an endpoint.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/endpoint-auth.html
 */
export function harvester(endpoint: CfnOriginEndpoint): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('mediapackagev2.amazonaws.com')],
    actions: ['mediapackagev2:HarvestObject', 'mediapackagev2:GetObject'],
    resources: [endpoint.attrArn],
    conditions: { StringEquals: { 'AWS:SourceAccount': Aws.ACCOUNT_ID } },
  });
}
