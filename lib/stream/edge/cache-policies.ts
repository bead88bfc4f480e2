import { Duration } from 'aws-cdk-lib';
import { CacheHeaderBehavior, CachePolicy, CacheQueryStringBehavior } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { StreamTiming } from '../../channel/latency';
import { stackUniqueName } from '../names';
import type { OriginEgress } from '../origin/origin';
import { COMMENT } from './comment';

/** Returns the cache policy of manifests: for as long as they stay current, compressed. */
export function manifestPolicy(scope: Construct, timings: readonly StreamTiming[], media: OriginEgress): CachePolicy {
  const shortest = Math.min(...timings.map(({ manifestCacheSeconds }) => manifestCacheSeconds.parts));
  const longest = Math.max(...timings.map(({ manifestCacheSeconds }) => manifestCacheSeconds.segments));
  return new CachePolicy(scope, 'Manifests', {
    cachePolicyName: stackUniqueName('manifests'),
    comment: COMMENT,
    minTtl: Duration.seconds(shortest),
    defaultTtl: Duration.seconds(shortest),
    maxTtl: Duration.seconds(longest),
    queryStringBehavior: inTheKey(media.manifestQueryStrings),
    headerBehavior: CacheHeaderBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

/** Returns the cache policy of segments, which never change. */
export function segmentPolicy(scope: Construct, timings: readonly StreamTiming[], media: OriginEgress): CachePolicy {
  const seconds = Math.max(...timings.map(({ segmentCacheSeconds }) => segmentCacheSeconds));
  return new CachePolicy(scope, 'Segments', {
    cachePolicyName: stackUniqueName('segments'),
    comment: COMMENT,
    minTtl: Duration.seconds(1),
    defaultTtl: Duration.seconds(seconds),
    maxTtl: Duration.seconds(seconds),
    queryStringBehavior: inTheKey(media.segmentQueryStrings),
    headerBehavior: CacheHeaderBehavior.none(),
  });
}

function inTheKey(queryStrings: readonly string[]): CacheQueryStringBehavior {
  return queryStrings.length === 0
    ? CacheQueryStringBehavior.none()
    : CacheQueryStringBehavior.allowList(...queryStrings);
}
