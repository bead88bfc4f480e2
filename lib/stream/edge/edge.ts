import { Aws, Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  HttpVersion,
  type IOrigin,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type StreamTiming, streamTiming } from '../../channel/latency';
import type { LiveStream } from '../../channel/live-stream';
import { stackUniqueName } from '../names';
import type { OriginEgress } from '../origin/origin';
import { acknowledgements, NO_ACCESS_LOGS } from './acknowledgements';
import { manifestPolicy, segmentPolicy } from './cache-policies';
import { COMMENT } from './comment';
import type { EdgePolicies } from './edge-policies';
import type { EdgeGate } from './gate';
import { gated, withToken } from './gated';
import { ownDomain } from './own-domain';
import { admit, recordedBehaviors } from './recorded';
import { type PageNeeds, playerSecurity, thirdPartyPlayers } from './response-headers';

/** Statuses of answers when the origin has a problem. The edge caches them for one second. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The properties of the edge. */
export interface EdgeProps {
  readonly stream: LiveStream;
  /** The origin of the media. */
  readonly media: OriginEgress;
  /** Bucket of the player's page. */
  readonly site: Bucket;
  /** Bucket of the access logs. @default no access logs */
  readonly logs: Bucket | undefined;
  /** Check of viewers. @default everybody may watch */
  readonly gate?: EdgeGate | undefined;
  /** Bucket of the recordings. @default nothing is recorded */
  readonly recordings?: Bucket | undefined;
  /** Behaviours that take reports of players, by their path patterns. @default none */
  readonly reports?: Readonly<Record<string, BehaviorOptions>> | undefined;
  /** Makes the behaviours of a service that puts ads into the manifests. @default none */
  readonly tailored?: ((policies: EdgePolicies) => Readonly<Record<string, BehaviorOptions>>) | undefined;
  /** Chat: its behaviours by their path patterns, and the address that the page connects to. @default none */
  readonly chat?:
    | { readonly behaviors: Readonly<Record<string, BehaviorOptions>>; readonly endpoint: string }
    | undefined;
}

/** The origin of the media, and how it is delivered. */
interface MediaDelivery {
  readonly media: OriginEgress;
  readonly gate: EdgeGate | undefined;
  readonly players: ResponseHeadersPolicy;
  readonly tailored: EdgeProps['tailored'];
}

/**
 * The edge: one CloudFront distribution that delivers the media of all channels and the player's page over HTTPS.
 *
 * Manifests and segments have one cache policy each. There are no others, because an account may have twenty.
 */
export class Edge extends Construct {
  readonly distribution: Distribution;
  /** Address of the edge for services that read the stream there, without a slash at its end. */
  readonly site: string;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { stream, media, site, logs, gate, recordings, reports, tailored, chat } = props;
    const domain = ownDomain(this, stream.edge);
    const players = thirdPartyPlayers(this, stream.edge.corsOrigins);
    const settings: DistributionProps = {
      ...domain,
      comment: COMMENT,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: 'index.html',
      additionalBehaviors: {
        ...gate?.api,
        ...reports,
        ...chat?.behaviors,
        ...this.mediaBehaviors(stream, { media, gate, players, tailored }),
        ...(recordings && recordedBehaviors(this, recordings, { gate, players })),
      },
      defaultBehavior: this.playerBehavior(site, {
        sockets: chat === undefined ? [] : [chat.endpoint],
        withAds: stream.ads !== undefined,
      }),
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(1) })),
    };
    this.distribution = new Distribution(
      this,
      'Distribution',
      logs === undefined ? settings : { ...settings, enableLogging: true, logBucket: logs, logFilePrefix: 'edge/' },
    );
    this.site = `https://${stream.edge.domain?.name ?? this.distribution.domainName}`;
    if (recordings !== undefined) admit(recordings, this.distribution);
    Validations.of(this.distribution).acknowledge(...acknowledgements(stream.edge));
    if (logs === undefined) Validations.of(this.distribution).acknowledge(NO_ACCESS_LOGS);
  }

  private mediaBehaviors(
    { channels, edge }: LiveStream,
    { media, gate, players, tailored }: MediaDelivery,
  ): Record<string, BehaviorOptions> {
    const timings = channels.map((channel) => streamTiming(channel.latency));
    const behavior = {
      origin: mediaOrigin(media, timings, edge.originShield),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      responseHeadersPolicy: players,
      ...gated(this, media, gate),
    } satisfies BehaviorOptions;
    const manifests = { ...behavior, cachePolicy: manifestPolicy(this, timings, media), compress: true };
    const segments = { ...behavior, cachePolicy: segmentPolicy(this, timings, media), compress: false };
    const clean = {
      ...Object.fromEntries(media.manifestPatterns.map((pattern) => [pattern, manifests])),
      [media.mediaPattern]: segments,
    };
    const all = gate === undefined ? clean : { ...withToken(clean, gate), ...clean };
    return { ...all, ...tailored?.({ manifests: manifests.cachePolicy, players }) };
  }

  private playerBehavior(site: Bucket, page: PageNeeds): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(site, {
        originId: 'player',
        originAccessControl: new S3OriginAccessControl(this, 'SiteAccessControl', {
          originAccessControlName: stackUniqueName('player'),
          description: `Reads the player of stack ${Aws.STACK_NAME}`,
        }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: playerSecurity(this, page),
      compress: true,
    };
  }
}

function mediaOrigin(media: OriginEgress, timings: readonly StreamTiming[], originShield: boolean): IOrigin {
  return media.origin({
    originId: 'media',
    connectionAttempts: 2,
    connectionTimeout: Duration.seconds(3),
    // A blocking LL-HLS reload is answered within three segments. An origin that takes longer is not well.
    readTimeout: Duration.seconds(Math.max(10, ...timings.map(({ segmentSeconds }) => 3 * segmentSeconds))),
    keepaliveTimeout: Duration.seconds(30),
    // Every Region that a stack can be in has an Origin Shield of its own.
    originShieldRegion: originShield ? Aws.REGION : undefined,
  });
}
