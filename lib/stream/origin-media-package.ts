import { Aws } from 'aws-cdk-lib';
import {
  type IDistribution,
  MediaPackageV2OriginAccessControl,
  OriginProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel as CfnEncoder } from 'aws-cdk-lib/aws-medialive';
import {
  CfnChannel,
  CfnChannelGroup,
  CfnOriginEndpoint,
  CfnOriginEndpointPolicy,
} from 'aws-cdk-lib/aws-mediapackagev2';
import { Construct } from 'constructs';
import { audioTracks } from '../channel/audio';
import { isHevc } from '../channel/ladder';
import { streamTiming } from '../channel/latency';
import type { LiveChannel } from '../channel/live-channel';
import { endpointMarkers, packagerMarkers } from './ad-markers';
import { stackUniqueName } from './names';
import type { EncodedTracks, Origin, OriginChannel, OriginEgress } from './origin';
import { packagerMetadata } from './timed-metadata';
import { trackOutputs } from './track-outputs';

const HLS = 'index';
const LOW_LATENCY_HLS = 'low-latency';
const DASH = 'index';
const DESTINATION = 'packager';

/**
 * MediaPackage v2 as the origin: one channel group for the stack (an account has three in a Region), and per channel a
 * CMAF channel with two endpoints, `cmaf` (HLS, LL-HLS, DASH) and `ts` (HLS for old devices; not of HEVC).
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

  constructor(scope: Construct, id: string) {
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
      manifestPatterns: ['/out/v1/*.m3u8', '/out/v1/*.mpd'],
      mediaPattern: '/out/v1/*',
      // LL-HLS delivery directives, and what MediaPackage takes for filtering and time shift.
      manifestQueryStrings: [
        '_HLS_msn',
        '_HLS_part',
        '_HLS_skip',
        'aws.manifestfilter',
        'aws.manifestsettings',
        'start',
        'end',
        'time_delay',
      ],
      // MediaPackage marks segments made after a change of the endpoint with `m`.
      segmentQueryStrings: ['m'],
    };
  }

  addChannel(channel: LiveChannel): OriginChannel {
    const scope = new Construct(this, channel.name);
    const timing = streamTiming(channel.latency);
    const names = { channelGroupName: this.group.channelGroupName, channelName: channel.name };

    const packager = new CfnChannel(scope, 'Channel', { ...names, inputType: 'CMAF' });
    packager.addResourceDependency(this.group);

    const markers = endpointMarkers(channel.adMarkers);
    const segment = { segmentDurationSeconds: timing.segmentSeconds, ...markers.segment };
    const hls = {
      manifestWindowSeconds: timing.manifestWindowSeconds,
      programDateTimeIntervalSeconds: timing.segmentSeconds,
      urlEncodeChildManifest: true,
      ...markers.hls,
    };
    const cmaf = this.addEndpoint(scope, packager, {
      ...names,
      originEndpointName: 'cmaf',
      containerType: 'CMAF',
      segment,
      hlsManifests: [{ manifestName: HLS, ...hls }],
      lowLatencyHlsManifests: [{ manifestName: LOW_LATENCY_HLS, ...hls, programDateTimeIntervalSeconds: 1 }],
      dashManifests: [
        {
          manifestName: DASH,
          manifestWindowSeconds: timing.manifestWindowSeconds,
          minBufferTimeSeconds: timing.segmentSeconds,
          minUpdatePeriodSeconds: timing.segmentSeconds,
          segmentTemplateFormat: 'NUMBER_WITH_TIMELINE',
          suggestedPresentationDelaySeconds: timing.playerTargetSeconds.segments,
          utcTiming: { timingMode: 'UTC_DIRECT' },
          ...markers.dash,
        },
      ],
    });
    // Players take HEVC in CMAF only.
    const ts = isHevc(channel.ladder)
      ? undefined
      : this.addEndpoint(scope, packager, {
          ...names,
          originEndpointName: 'ts',
          containerType: 'TS',
          // Several sounds in one segment would play the first: here too, players choose.
          segment: audioTracks(channel.audio).length > 1 ? { ...segment, tsUseAudioRenditionGroup: true } : segment,
          hlsManifests: [{ manifestName: HLS, ...hls }],
        });

    const folder = `/out/v1/${names.channelGroupName}/${channel.name}`;
    const target = timing.playerTargetSeconds;
    return {
      kind: 'media-package',
      resources: scope,
      ingest: {
        outputGroup: (tracks) =>
          outputGroup(tracks, timing.ingestSegmentSeconds, {
            ...packagerMarkers(channel.adMarkers),
            ...packagerMetadata(channel.timedMetadata),
          }),
        // One entry without an endpoint id: MediaLive maps pipeline 0 and 1 to ingest endpoints 1 and 2.
        destination: {
          id: DESTINATION,
          mediaPackageSettings: [{ channelGroup: names.channelGroupName, channelName: channel.name }],
        },
        statements: [
          new PolicyStatement({
            actions: ['mediapackagev2:GetChannel', 'mediapackagev2:PutObject'],
            resources: [packager.attrArn],
          }),
        ],
        ready: packager,
      },
      manifests: [
        {
          format: 'll-hls',
          path: `${folder}/${cmaf.originEndpointName}/${LOW_LATENCY_HLS}.m3u8`,
          targetLatencySeconds: target.parts,
        },
        {
          format: 'hls',
          path: `${folder}/${cmaf.originEndpointName}/${HLS}.m3u8`,
          targetLatencySeconds: target.segments,
        },
        {
          format: 'dash',
          path: `${folder}/${cmaf.originEndpointName}/${DASH}.mpd`,
          targetLatencySeconds: target.segments,
        },
        ...(ts === undefined
          ? []
          : [
              {
                format: 'hls-ts' as const,
                path: `${folder}/${ts.originEndpointName}/${HLS}.m3u8`,
                targetLatencySeconds: target.segments,
              },
            ]),
      ],
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
          ],
        }),
      });
    }
  }

  private addEndpoint(
    scope: Construct,
    packager: CfnChannel,
    props: ConstructorParameters<typeof CfnOriginEndpoint>[2],
  ): CfnOriginEndpoint {
    const id = props.containerType === 'TS' ? 'TsEndpoint' : 'CmafEndpoint';
    const endpoint = new CfnOriginEndpoint(scope, id, props);
    endpoint.addResourceDependency(packager);
    this.endpoints.push(endpoint);
    return endpoint;
  }
}

/** CMAF ingest: every track in an output of its own. */
function outputGroup(
  tracks: EncodedTracks,
  ingestSegmentSeconds: number,
  metadata: CfnEncoder.MediaPackageV2GroupSettingsProperty,
): CfnEncoder.OutputGroupProperty {
  const inSeconds = Number.isInteger(ingestSegmentSeconds);
  return {
    name: DESTINATION,
    outputGroupSettings: {
      mediaPackageGroupSettings: {
        destination: { destinationRefId: DESTINATION },
        mediapackageV2GroupSettings: {
          segmentLength: inSeconds ? ingestSegmentSeconds : Math.round(ingestSegmentSeconds * 1000),
          segmentLengthUnits: inSeconds ? 'SECONDS' : 'MILLISECONDS',
          ...metadata,
        },
      },
    },
    outputs: trackOutputs(tracks),
  };
}
