import { Aws, Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
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

/** What CloudFront may answer with when the origin has a problem; each is forgotten after a second. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * The comment on everything of the edge that CloudFront lists by account. It takes 128 characters, as many as a stack's
 * name may have, so there is room for nothing else.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-cachepolicy-cachepolicyconfig.html
 */
const COMMENT = Aws.STACK_NAME;

/**
 * The edge: one CloudFront distribution that delivers the media of all channels and the player's page, over HTTPS.
 *
 * Manifests and segments have a cache policy each; there are no others, because an account has twenty.
 */
export class Edge extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, stream: LiveStream, media: OriginEgress, site: Bucket, logs?: Bucket) {
    super(scope, id);
    const timings = stream.channels.map((channel) => streamTiming(channel.latency));
    const mediaOrigin = media.origin({
      originId: 'media',
      connectionAttempts: 2,
      connectionTimeout: Duration.seconds(3),
      // A blocking LL-HLS reload is answered within three segments; beyond that the origin is not well.
      readTimeout: Duration.seconds(Math.max(10, ...timings.map(({ segmentSeconds }) => 3 * segmentSeconds))),
      keepaliveTimeout: Duration.seconds(30),
      // Every Region of the stack's rule has an Origin Shield of its own.
      ...(stream.edge.originShield ? { originShieldRegion: Aws.REGION } : {}),
    });
    const behavior = {
      origin: mediaOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      responseHeadersPolicy: this.thirdPartyPlayers(stream.edge.corsOrigins),
      ...(media.preflight === undefined ? {} : { originRequestPolicy: media.preflight }),
    } satisfies BehaviorOptions;
    const manifests = { ...behavior, cachePolicy: this.manifestPolicy(timings, media), compress: true };
    const segments = { ...behavior, cachePolicy: this.segmentPolicy(timings, media), compress: false };

    this.distribution = new Distribution(this, 'Distribution', {
      comment: COMMENT,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(site, {
          originId: 'player',
          originAccessControl: new S3OriginAccessControl(this, 'SiteAccessControl', {
            originAccessControlName: stackUniqueName('player'),
            description: `Reads the player of stack ${Aws.STACK_NAME}`,
          }),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.playerSecurity(),
        compress: true,
      },
      additionalBehaviors: {
        ...Object.fromEntries(media.manifestPatterns.map((pattern) => [pattern, manifests])),
        [media.mediaPattern]: segments,
      },
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(1) })),
      ...(logs === undefined ? {} : { enableLogging: true, logBucket: logs, logFilePrefix: 'edge/' }),
    });
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-CFR1',
        reason:
          'Where viewers may be is a decision about the programme, not about the stack; the default is everywhere.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR2',
        reason:
          'Everything that is served is static files and media, read with GET and HEAD; a web ACL must live in us-east-1 and is charged by the request, so it is left to those who need one.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-CFR4',
        reason:
          "Without a domain of one's own CloudFront uses its own certificate, and with that one it takes no minimum TLS version. Plain HTTP is refused.",
      },
      ...(logs === undefined
        ? [
            {
              id: 'AwsSolutions::AwsSolutions-CFR3',
              reason: 'The description of the channels says accessLogs: off.',
            },
          ]
        : []),
    );
  }

  private manifestPolicy(timings: readonly StreamTiming[], media: OriginEgress): CachePolicy {
    return new CachePolicy(this, 'Manifests', {
      cachePolicyName: stackUniqueName('manifests'),
      comment: COMMENT,
      minTtl: Duration.seconds(Math.min(...timings.map(({ manifestCacheSeconds }) => manifestCacheSeconds.parts))),
      defaultTtl: Duration.seconds(Math.min(...timings.map(({ manifestCacheSeconds }) => manifestCacheSeconds.parts))),
      maxTtl: Duration.seconds(Math.max(...timings.map(({ manifestCacheSeconds }) => manifestCacheSeconds.segments))),
      queryStringBehavior: inTheKey(media.manifestQueryStrings),
      headerBehavior: CacheHeaderBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  private segmentPolicy(timings: readonly StreamTiming[], media: OriginEgress): CachePolicy {
    const seconds = Math.max(...timings.map(({ segmentCacheSeconds }) => segmentCacheSeconds));
    return new CachePolicy(this, 'Segments', {
      cachePolicyName: stackUniqueName('segments'),
      comment: COMMENT,
      minTtl: Duration.seconds(1),
      defaultTtl: Duration.seconds(seconds),
      maxTtl: Duration.seconds(seconds),
      queryStringBehavior: inTheKey(media.segmentQueryStrings),
      headerBehavior: CacheHeaderBehavior.none(),
    });
  }

  /** Players on other web origins. The headers do not depend on the origin's answer, so one cached copy serves all. */
  private thirdPartyPlayers(origins: readonly string[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ThirdPartyPlayers', {
      responseHeadersPolicyName: stackUniqueName('players'),
      comment: COMMENT,
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowOrigins: [...origins],
        accessControlExposeHeaders: ['Age', 'Date', 'X-Cache'],
        accessControlMaxAge: Duration.minutes(10),
        originOverride: true,
      },
    });
  }

  /** The player's page runs its own script only, and may fetch media from anywhere over HTTPS ("open another manifest"). */
  private playerSecurity(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PlayerSecurity', {
      responseHeadersPolicyName: stackUniqueName('player'),
      comment: COMMENT,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self' https:",
            "media-src 'self' blob: https:",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
          ].join('; '),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.SAMEORIGIN, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
    });
  }
}

function inTheKey(queryStrings: readonly string[]): CacheQueryStringBehavior {
  return queryStrings.length === 0
    ? CacheQueryStringBehavior.none()
    : CacheQueryStringBehavior.allowList(...queryStrings);
}
