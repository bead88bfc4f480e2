import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Bundle } from '../stream/bundles';
import { COMMENT } from '../stream/edge/comment';
import { functionBehavior } from '../stream/edge/function-behavior';
import { stackUniqueName } from '../stream/names';
import { StackFunction } from '../stream/stack-function';
import { BEACON_PATH, BREAK_PATH, CAMPAIGNS_KEY } from './paths';

/** Longest time that the edge keeps a decision. A break is asked for by its whole audience within seconds. */
const KEPT = Duration.seconds(30);
/** Number of groups of viewers; each sees its own order of ads. `player/ads/ads.ts` has the same. */
const SLOTS = 16;
/** Parameters of a question: they make the key of the cache. */
const PARAMETERS = ['channel', 'id', 'seconds', 'slot', 'format', 'site'];

/**
 * Code of the function at the edge. It counts what a player reports, which the access logs then hold, and tells the
 * decision the name of the site, because a function URL does not see the viewer's Host.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
const CODE = `function handler(event) {
  var request = event.request;
  if (request.uri === '${BEACON_PATH}') {
    return { statusCode: 204, statusDescription: 'No Content', headers: { 'cache-control': { value: 'no-store' } } };
  }
  request.querystring.site = { value: request.headers.host.value };
  return request;
}
`;

/**
 * The same for MediaTailor, which knows no groups of viewers: its random number becomes one. It leaves a variable empty
 * where the marker of a break does not tell it.
 */
const TAILOR_CODE = CODE.replace(
  '  return request;\n',
  `  var query = request.querystring;
  if (query.random) {
    query.slot = { value: String(Number(query.random.value) % ${SLOTS} || 0) };
    delete query.random;
  }
  if (!query.id || !query.id.value) {
    query.id = { value: 'break' };
  }
  return request;
`,
);

/** The properties of {@link BreakFunction}. */
export interface BreakFunctionProps {
  readonly bundle: Bundle;
  /** Names of the channels with breaks. */
  readonly channels: readonly string[];
  readonly bucket: Bucket;
  /** True where MediaTailor asks, and not the page. */
  readonly forTailor: boolean;
}

/** The function that fills a break, at the edge, and the beacons beside it. */
export class BreakFunction extends Construct {
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  /** The function at the edge, which tells functions the name of the site. */
  readonly edge: EdgeFunction;

  constructor(scope: Construct, id: string, { bundle, channels, bucket, forTailor }: BreakFunctionProps) {
    super(scope, id);
    const made = new StackFunction(this, 'Decision', {
      description: 'Chooses the ads of a break',
      bundle,
      // A break does not wait: a player goes on with the show.
      timeout: Duration.seconds(5),
      environment: {
        BUCKET_NAME: bucket.bucketName,
        CAMPAIGNS_KEY,
        CHANNELS: Stack.of(this).toJsonString(channels),
      },
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(CAMPAIGNS_KEY)] }),
      ],
    });
    this.edge = new EdgeFunction(this, 'Edge', {
      functionName: stackUniqueName('ads'),
      comment: COMMENT,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(forTailor ? TAILOR_CODE : CODE),
      autoPublish: true,
    });
    const behavior: BehaviorOptions = {
      ...functionBehavior(this, {
        made,
        name: 'ads',
        description: `Asks for the ads of stack ${Aws.STACK_NAME}`,
        methods: AllowedMethods.ALLOW_GET_HEAD,
        headers: ['CloudFront-Viewer-Country'],
        parameters: PARAMETERS,
      }),
      cachePolicy: new CachePolicy(this, 'Decisions', {
        cachePolicyName: stackUniqueName('ads'),
        comment: COMMENT,
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: KEPT,
        queryStringBehavior: CacheQueryStringBehavior.allowList(...PARAMETERS),
        headerBehavior: CacheHeaderBehavior.none(),
      }),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.edge }],
    };
    this.behaviors = { [BREAK_PATH]: behavior, [BEACON_PATH]: behavior };
  }
}
