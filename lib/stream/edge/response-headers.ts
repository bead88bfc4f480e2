import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { stackUniqueName } from '../names';
import { COMMENT } from './comment';

/**
 * Returns the headers for players on other web origins. They do not depend on the origin's answer, so one cached copy
 * serves all.
 */
export function thirdPartyPlayers(scope: Construct, origins: readonly string[]): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'ThirdPartyPlayers', {
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

/** Needs of the player's page besides its own files. */
export interface PageNeeds {
  /** Addresses that the page may open a WebSocket to, such as that of the chat. */
  readonly sockets: readonly string[];
  /** True when ads play in the show. */
  readonly withAds: boolean;
}

/**
 * Returns the headers of the player's page. It runs only its own script, and may fetch media from anywhere over HTTPS
 * ("open another manifest"). Between the show and an ad, hls.js empties the video with an empty `data:` track.
 */
export function playerSecurity(scope: Construct, { sockets, withAds }: PageNeeds): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'PlayerSecurity', {
    responseHeadersPolicyName: stackUniqueName('player'),
    comment: COMMENT,
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          ["connect-src 'self' https:", ...sockets].join(' '),
          `media-src 'self' blob: ${withAds ? 'data: ' : ''}https:`,
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
