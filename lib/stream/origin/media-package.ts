import { Aws } from 'aws-cdk-lib';
import {
  type IDistribution,
  MediaPackageV2OriginAccessControl,
  OriginProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  CfnChannel,
  CfnChannelGroup,
  CfnOriginEndpoint,
  CfnOriginEndpointPolicy,
  type CfnOriginEndpointProps,
} from 'aws-cdk-lib/aws-mediapackagev2';
import { Construct } from 'constructs';
import { isHevc } from '../../channel/ladder';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { pascalCase, stackUniqueName } from '../names';
import { cmafIngestGroup, ingestUrls } from './cmaf-ingest';
import { endpointsOf } from './media-package-endpoints';
import { formatsOf, manifestsOf, rewindOf, V2_FORMATS } from './media-package-formats';
import { mediaPackageGroup, packagerChannel } from './media-package-output-group';
import { harvester, harvestTargets, startOverSeconds } from './media-package-recording';
import type { HarvestSource, Origin, OriginChannel, OriginEgress, OriginIngest } from './origin';

/** Settings that put the pipeline with the better quality score on air, and add the score to the answers as a header. */
const BY_MEDIA_QUALITY = {
  inputSwitchConfiguration: { mqcsInputSwitching: true },
  outputHeaderConfiguration: { publishMqcs: true },
} as const;

/**
 * MediaPackage v2 as the origin: one channel group for the stack (an account has three in a Region), and per channel a
 * CMAF channel with an endpoint for each container that the chosen formats need: `cmaf` (HLS, LL-HLS, DASH), `ts` (HLS
 * for old devices) and `mss`.
 *
 * The group is named after the stack and the channel after the channel, so playback URLs change only when one of these
 * two names does.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html
 */
export class MediaPackageOrigin extends Construct implements Origin {
  readonly egress: OriginEgress;
  private readonly group: CfnChannelGroup;
  private readonly endpoints: CfnOriginEndpoint[] = [];
  /** Those of them that recordings are harvested from. */
  private readonly harvested = new Set<CfnOriginEndpoint>();

  constructor(
    scope: Construct,
    id: string,
    private readonly options: OriginOf<'media-package'>,
  ) {
    super(scope, id);
    this.group = new CfnChannelGroup(this, 'Group', {
      channelGroupName: Aws.STACK_NAME,
      description: `Live channels of stack ${Aws.STACK_NAME}`,
    });
    const accessControl = new MediaPackageV2OriginAccessControl(this, 'AccessControl', {
      originAccessControlName: stackUniqueName('media'),
      description: `Reads the media of stack ${Aws.STACK_NAME}`,
    });
    this.egress = {
      origin: (connection) =>
        new HttpOrigin(this.group.attrEgressDomain, {
          ...connection,
          originAccessControlId: accessControl.originAccessControlId,
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        }),
      manifestPatterns: [...new Set(options.formats.map((format) => V2_FORMATS[format].pattern))],
      mediaPattern: '/out/v1/*',
      // LL-HLS delivery directives, and MediaPackage's parameters for filtering and time shift.
      manifestQueryStrings: [
        ...(options.formats.includes('ll-hls') ? ['_HLS_msn', '_HLS_part', '_HLS_skip'] : []),
        'aws.manifestfilter',
        'aws.manifestsettings',
        'start',
        'end',
        'time_delay',
        // The version of the endpoint. After a change, manifests are requested again.
        'm',
      ],
      // MediaPackage marks segments made after a change of the endpoint with `m`.
      segmentQueryStrings: ['m'],
    };
  }

  addChannel(channel: LiveChannel): OriginChannel {
    const scope = new Construct(this, channel.name);
    const timing = streamTiming(channel.latency);
    const names = { channelGroupName: this.group.channelGroupName, channelName: channel.name };

    const packager = new CfnChannel(scope, 'Channel', {
      ...names,
      inputType: 'CMAF',
      ...(this.options.inputSwitching === 'media-quality' && BY_MEDIA_QUALITY),
    });
    packager.addResourceDependency(this.group);
    const formats = formatsOf(this.options, isHevc(channel.ladder));
    for (const endpoint of endpointsOf(formats, this.options, channel)) {
      this.addEndpoint(scope, packager, { ...names, ...endpoint });
    }

    const folder = `/out/v1/${names.channelGroupName}/${channel.name}`;
    const harvest = channel.recording === undefined ? undefined : this.harvest(channel, { packager, formats, folder });
    return {
      kind: 'media-package',
      resources: scope,
      ingest: this.ingest(channel, packager),
      manifests: manifestsOf(formats, folder, timing),
      rewind: rewindOf(formats, folder, channel),
      harvest,
      folders: [`${folder}/`],
      metrics: {
        namespace: 'AWS/MediaPackage',
        names: ['ChannelGroup', 'Channel', 'OriginEndpoint'],
        values: { ChannelGroup: names.channelGroupName, Channel: names.channelName },
      },
      consoleUrl: `https://${Aws.REGION}.console.aws.amazon.com/mediapackagev2/home?region=${Aws.REGION}#/channel-groups/${Aws.STACK_NAME}/channels/${channel.name}`,
    };
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-mediapackage.html */
  allow(distribution: IDistribution): void {
    for (const endpoint of this.endpoints) {
      const scope = endpoint.node.scope ?? this;
      new CfnOriginEndpointPolicy(scope, `${endpoint.node.id}Policy`, {
        channelGroupName: endpoint.channelGroupName,
        channelName: endpoint.channelName,
        originEndpointName: endpoint.originEndpointName,
        policy: new PolicyDocument({
          statements: [
            new PolicyStatement({
              principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
              actions: ['mediapackagev2:GetObject', 'mediapackagev2:GetHeadObject'],
              resources: [endpoint.attrArn],
              conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
            }),
            ...(this.harvested.has(endpoint) ? [harvester(endpoint)] : []),
          ],
        }),
      });
    }
  }

  /** Lets recordings of a channel be harvested, and returns their source. */
  private harvest(channel: LiveChannel, { packager, formats, folder }: Harvested): HarvestSource {
    const targets = harvestTargets(formats, this.options, channel);
    const found = targets.map(({ endpoint, folder: to, manifests }) => {
      const source = this.endpoints.find(
        ({ channelName, originEndpointName }) => channelName === channel.name && originEndpointName === endpoint,
      );
      if (source === undefined) throw new Error(`channel ${channel.name} has no endpoint ${endpoint}`);
      this.harvested.add(source);
      return { endpoint, endpointArn: source.attrArn, folder: to, manifests };
    });
    return {
      kind: 'media-package',
      channelGroup: Aws.STACK_NAME,
      channelGroupArn: this.group.attrArn,
      channelArn: packager.attrArn,
      targets: found,
      path: `${folder}/${targets[0]?.endpoint}/${targets[0]?.file}`,
      windowSeconds: startOverSeconds(this.options, channel) ?? 0,
      segmentSeconds: streamTiming(channel.latency).segmentSeconds,
    };
  }

  private ingest(channel: LiveChannel, packager: CfnChannel): OriginIngest {
    const cmaf = this.options.ingest === 'cmaf';
    return {
      outputGroup: (tracks) => (cmaf ? cmafIngestGroup : mediaPackageGroup)(tracks, channel),
      destination: cmaf ? ingestUrls(packager, channel) : packagerChannel(packager),
      statements: [
        new PolicyStatement({
          actions: [...(cmaf ? [] : ['mediapackagev2:GetChannel']), 'mediapackagev2:PutObject'],
          resources: [packager.attrArn],
        }),
      ],
      ready: packager,
    };
  }

  private addEndpoint(scope: Construct, packager: CfnChannel, props: CfnOriginEndpointProps): void {
    const endpoint = new CfnOriginEndpoint(scope, `${pascalCase(props.originEndpointName)}Endpoint`, props);
    endpoint.addResourceDependency(packager);
    this.endpoints.push(endpoint);
  }
}

/** Parts of a channel that harvests read. */
interface Harvested {
  readonly packager: CfnChannel;
  readonly formats: ReturnType<typeof formatsOf>;
  /** Path of the channel at the edge. */
  readonly folder: string;
}
