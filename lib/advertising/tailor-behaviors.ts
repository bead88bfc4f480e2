import { Aws, Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { EdgePolicies } from '../stream/edge/edge-policies';

/** Longest time that MediaTailor may take: it asks an ad server for three seconds, and the origin for two. */
const PATIENCE = Duration.seconds(10);

/**
 * Returns the behaviours of MediaTailor. Its two hosts are the same for all configurations of a Region, and the path says
 * which one is meant, so that the distribution depends on none of them.
 *
 * Playlists of guided sessions are the same for all viewers, and are kept as long as those of the origin. Everything else
 * that MediaTailor says is for one viewer. Media of ads never changes.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/cf-comprehensive-configuration.html
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/cdn-optimize-caching.html
 */
export function tailorBehaviors({ manifests, players }: EdgePolicies): Readonly<Record<string, BehaviorOptions>> {
  const personal: BehaviorOptions = {
    origin: tailorOrigin('manifests', 'ad-manifests'),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ELEMENTAL_MEDIA_TAILOR,
    responseHeadersPolicy: players,
    compress: false,
  };
  const { originRequestPolicy: _, ...kept } = personal;
  return {
    '/tm/*': {
      ...kept,
      origin: tailorOrigin('segments', 'ad-segments'),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
    },
    // Without a request policy: what does not belong to the key must not change what is kept for everybody.
    '/v1/i-media/*': { ...kept, cachePolicy: manifests, compress: true },
    // A session is begun with a POST, whose body names what the player knows of its viewer.
    '/v1/session/*': { ...personal, allowedMethods: AllowedMethods.ALLOW_ALL },
    '/v1/*': personal,
    '/segment/*': personal,
  };
}

function tailorOrigin(face: 'manifests' | 'segments', originId: string): HttpOrigin {
  return new HttpOrigin(`${face}.mediatailor.${Aws.REGION}.amazonaws.com`, {
    originId,
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    connectionAttempts: 2,
    connectionTimeout: Duration.seconds(3),
    readTimeout: PATIENCE,
  });
}
