import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type Function as EdgeFunction,
  FunctionEventType,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { Bundle } from '../stream/bundles';
import { COMMENT } from '../stream/edge/comment';
import { functionBehavior } from '../stream/edge/function-behavior';
import { stackUniqueName } from '../stream/names';
import { StackFunction } from '../stream/stack-function';
import { BREAK_PATH, GUIDED_PREFIX } from './paths';

/** Time for which the edge keeps a playlist, so that its viewers share the calls. */
const KEPT = Duration.seconds(1);
/** Parameters of LL-HLS that an answer waits by: they make the key of the cache. */
const WAITING = ['_HLS_msn', '_HLS_part'];

/** A public channel with breaks, `MarkedChannel` of `lambda/ad-playlist`. */
export interface MarkedChannel {
  readonly name: string;
  /** Beginning of the paths of its playlists at the edge. */
  readonly folder: string;
}

/** The properties of {@link PlaylistFunction}. */
export interface PlaylistFunctionProps {
  readonly bundle: Bundle;
  readonly channels: readonly MarkedChannel[];
  /** The function at the edge that tells the name of the site. */
  readonly edge: EdgeFunction;
  /** True where viewers may skip ads, after some time or at once. */
  readonly maySkip: boolean;
}

/**
 * The function that writes the ads into playlists, for players that show HLS interstitials on their own. It reads the
 * playlists through the edge, as viewers do, and so needs no permission. CloudFront Functions cannot: they see no bodies.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html
 */
export class PlaylistFunction extends Construct {
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;

  constructor(scope: Construct, id: string, { bundle, channels, edge, maySkip }: PlaylistFunctionProps) {
    super(scope, id);
    const made = new StackFunction(this, 'Writer', {
      description: 'Writes the ads into playlists',
      bundle,
      // A blocking reload waits for up to three segments.
      timeout: Duration.seconds(25),
      environment: {
        CHANNELS: Stack.of(this).toJsonString(channels),
        PREFIX: GUIDED_PREFIX,
        BREAK_PATH,
        RESTRICT: maySkip ? 'JUMP' : 'SKIP,JUMP',
      },
    });
    const behavior: BehaviorOptions = {
      ...functionBehavior(this, {
        made,
        name: 'ad-playlists',
        description: `Asks for playlists with the ads of stack ${Aws.STACK_NAME}`,
        methods: AllowedMethods.ALLOW_GET_HEAD,
        headers: ['CloudFront-Viewer-Country'],
        parameters: [...WAITING, 'site'],
      }),
      cachePolicy: new CachePolicy(this, 'Playlists', {
        cachePolicyName: stackUniqueName('ad-playlists'),
        comment: COMMENT,
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: KEPT,
        queryStringBehavior: CacheQueryStringBehavior.allowList(...WAITING),
        headerBehavior: CacheHeaderBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      }),
      compress: true,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: edge }],
    };
    this.behaviors = { [`${GUIDED_PREFIX}/*`]: behavior };
  }
}
