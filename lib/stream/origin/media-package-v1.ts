import { Aws, Fn } from 'aws-cdk-lib';
import { type IDistribution, OriginProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel as CfnEncoder } from 'aws-cdk-lib/aws-medialive';
import { CfnChannel, CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import { audioTracks } from '../../channel/audio';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { pascalCase } from '../names';
import { v1Markers } from './ad-markers';
import { CdnAuthorization } from './cdn-authorization';
import {
  cmafRewindPath,
  HARVESTED,
  rewindName,
  type V1EndpointPlan,
  v1EndpointId,
  v1Endpoints,
  v1ManifestPath,
  v1StartOverSeconds,
  v1Targets,
} from './media-package-v1-endpoints';
import { MANIFEST, packageOf, V1_FORMATS } from './media-package-v1-packages';
import type {
  EncodedTracks,
  HarvestSource,
  Manifest,
  Origin,
  OriginChannel,
  OriginEgress,
  RewindManifests,
} from './origin';

const DESTINATION = 'packager';

/**
 * MediaPackage v1 as the origin, as in the solution that this project re-creates: a channel that takes HLS from
 * MediaLive, and an endpoint for each format.
 *
 * An endpoint's id in URLs is the last part of its ARN; all endpoints of an account in a Region share a host, which is
 * in the URL of every endpoint but a CMAF one.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/what-is.html
 */
export class MediaPackageV1Origin extends Construct implements Origin {
  readonly egress: OriginEgress;
  private readonly authorization: CdnAuthorization;
  /** First endpoint whose URL CloudFormation returns. */
  private addressed: CfnOriginEndpoint | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly options: OriginOf<'media-package-v1'>,
  ) {
    super(scope, id);
    this.authorization = new CdnAuthorization(this, 'Authorization');
    this.egress = {
      origin: (connection) =>
        new HttpOrigin(this.host(), {
          ...connection,
          customHeaders: this.authorization.headers,
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        }),
      manifestPatterns: options.formats.flatMap((format) => V1_FORMATS[format].pattern).filter(eachOnce),
      mediaPattern: '/out/v1/*',
      manifestQueryStrings: ['aws.manifestfilter', 'start', 'end', 'time_delay', 'm'],
      // MediaPackage marks segments made after a change of the endpoint with `m`.
      segmentQueryStrings: ['m'],
    };
  }

  addChannel(channel: LiveChannel): OriginChannel {
    const scope = new Construct(this, channel.name);
    const id = `${Aws.STACK_NAME}-${channel.name}`;
    const packager = new CfnChannel(scope, 'Channel', {
      id,
      description: `Live channel ${channel.name} of stack ${Aws.STACK_NAME}`,
    });
    const plans = v1Endpoints(this.options.formats, channel);
    const folders = new Map(plans.map((plan) => [plan.name, this.addEndpoint(scope, channel, packager, plan)]));
    const folderOf = (name: string) => folders.get(name) ?? '';
    const { playerTargetSeconds } = streamTiming(channel.latency);
    const manifests = this.options.formats.map((format): Manifest => {
      const path = v1ManifestPath(folderOf(format), format);
      return { format: V1_FORMATS[format].manifest, path, targetLatencySeconds: playerTargetSeconds.segments };
    });
    return {
      kind: 'media-package-v1',
      resources: scope,
      ingest: {
        outputGroup,
        destination: { id: DESTINATION, mediaPackageSettings: [{ channelId: packager.ref }] },
        statements: [new PolicyStatement({ actions: ['mediapackage:DescribeChannel'], resources: [packager.attrArn] })],
        ready: packager,
      },
      manifests,
      rewind: this.rewind(channel, folderOf),
      harvest: this.harvest(channel, folderOf),
      startOver: manifests
        .filter(({ format }) => format !== 'mss')
        .map(({ format, path }) => ({ format, path: `${path}?start=` })),
      folders: [...folders.values()].map((folder) => `${folder}/`),
      metrics: { namespace: 'AWS/MediaPackage', names: ['Channel'], values: { Channel: id } },
      consoleUrl: `https://${Aws.REGION}.console.aws.amazon.com/mediapackage/home?region=${Aws.REGION}#/channels/${id}`,
    };
  }

  /** Does nothing: MediaPackage admits whoever sends the secret, and only the distribution has it. */
  allow(_distribution: IDistribution): void {}

  /** Returns the manifests that reach further back; undefined without a rewind. */
  private rewind(channel: LiveChannel, folderOf: (name: string) => string): RewindManifests | undefined {
    if (channel.rewind === undefined) return undefined;
    const manifests = this.options.formats.flatMap((format) => {
      if (format === 'mss') return [];
      const path =
        format === 'cmaf' ? cmafRewindPath(folderOf(format)) : v1ManifestPath(folderOf(rewindName(format)), format);
      return [{ format: V1_FORMATS[format].manifest, path }];
    });
    return { seconds: channel.rewind * 60, manifests };
  }

  /** Returns the source of a channel's recordings; undefined for a channel without. */
  private harvest(channel: LiveChannel, folderOf: (name: string) => string): HarvestSource | undefined {
    const [first, ...others] = v1Targets(this.options.formats, channel);
    if (first === undefined) return undefined;
    return {
      kind: 'media-package-v1',
      channelGroup: Aws.STACK_NAME,
      targets: [first, ...others].map(({ name, folder }) => ({
        endpoint: v1EndpointId(channel, name),
        folder,
        manifests: HARVESTED,
      })),
      path: v1ManifestPath(folderOf(first.name), 'hls'),
      windowSeconds: v1StartOverSeconds(this.options, channel),
      segmentSeconds: streamTiming(channel.latency).segmentSeconds,
    };
  }

  /** Adds an endpoint. @returns the beginning of its paths at the edge, without a slash at the end */
  private addEndpoint(scope: Construct, channel: LiveChannel, packager: CfnChannel, plan: V1EndpointPlan): string {
    const { name, format, windowSeconds, rewindSeconds } = plan;
    const { audioApart = audioTracks(channel.audio).length > 1 } = plan;
    const endpoint = new CfnOriginEndpoint(scope, `${pascalCase(name)}Endpoint`, {
      id: v1EndpointId(channel, name),
      channelId: packager.ref,
      manifestName: MANIFEST,
      origination: 'ALLOW',
      startoverWindowSeconds: v1StartOverSeconds(this.options, channel),
      authorization: this.authorization.property,
      ...packageOf(format, streamTiming(channel.latency), {
        audioApart,
        markers: v1Markers(channel.adMarkers),
        windowSeconds,
        rewindSeconds,
      }),
    });
    // MediaPackage assumes the role while it creates the endpoint.
    endpoint.node.addDependency(this.authorization.ready);
    if (format !== 'cmaf') this.addressed ??= endpoint;
    // The ARN ends in the id, as in arn:…:origin_endpoints/<id>. Url has it too, but a CMAF endpoint has no Url.
    return `/out/v1/${Fn.select(1, Fn.split('/', endpoint.attrArn))}`;
  }

  /** Returns the host of `https://<host>/out/v1/<id>/index.m3u8`. */
  private host(): string {
    if (this.addressed === undefined) throw new Error('the edge needs a channel with an endpoint that is not CMAF');
    return Fn.select(2, Fn.split('/', this.addressed.attrUrl));
  }
}

/** Returns HLS for the packager: every output with video and audio. Where viewers choose, each audio has its own output. */
function outputGroup({ renditions, audio, captions }: EncodedTracks): CfnEncoder.OutputGroupProperty {
  const outputSettings = { mediaPackageOutputSettings: {} };
  const names = audio.map(({ name }) => name);
  const apart = names.length > 1;
  return {
    name: DESTINATION,
    outputGroupSettings: { mediaPackageGroupSettings: { destination: { destinationRefId: DESTINATION } } },
    outputs: [
      ...renditions.map((rendition) => ({
        outputName: rendition,
        videoDescriptionName: rendition,
        ...(apart ? {} : { audioDescriptionNames: names }),
        outputSettings,
      })),
      ...(apart ? names.map((name) => ({ outputName: name, audioDescriptionNames: [name], outputSettings })) : []),
      ...captions.map((name) => ({ outputName: name, captionDescriptionNames: [name], outputSettings })),
    ],
  };
}

function eachOnce<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}
