import {
  type AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  FunctionUrlOriginAccessControl,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { stackUniqueName } from '../names';
import type { StackFunction } from '../stack-function';
import { COMMENT } from './comment';

/** A function that viewers reach at the edge, and what it reads of a request. */
export interface EdgeApi {
  readonly made: StackFunction;
  /** Name of the origin, and of what belongs to it. */
  readonly name: string;
  /** Description of the origin access control. */
  readonly description: string;
  readonly methods: AllowedMethods;
  /** Names of the headers that are passed on. The host must be the function's own. */
  readonly headers: readonly string[];
  /** Names of the parameters of the query that are passed on. */
  readonly parameters: readonly string[];
}

/**
 * Returns the behaviour of a function behind origin access control. Only the edge can invoke it, and nothing is cached. The
 * managed request policy for function URLs would leave out the headers that CloudFront adds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function functionBehavior(scope: Construct, api: EdgeApi): BehaviorOptions {
  const { made, name, description, methods, headers, parameters } = api;
  return {
    origin: FunctionUrlOrigin.withOriginAccessControl(
      made.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }),
      {
        originId: name,
        // The CDK's own name is the same in every stack of this app, and an account has room for it once.
        originAccessControl: new FunctionUrlOriginAccessControl(scope, 'AccessControl', {
          originAccessControlName: stackUniqueName(name),
          description,
        }),
      },
    ),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: methods,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: new OriginRequestPolicy(scope, 'Forwarded', {
      originRequestPolicyName: stackUniqueName(name),
      comment: COMMENT,
      headerBehavior: OriginRequestHeaderBehavior.allowList(...headers),
      queryStringBehavior: OriginRequestQueryStringBehavior.allowList(...parameters),
    }),
    compress: false,
  };
}
