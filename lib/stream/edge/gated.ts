import {
  type BehaviorOptions,
  FunctionEventType,
  type IOriginRequestPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { pascalCase, stackUniqueName } from '../names';
import type { OriginEgress } from '../origin/origin';
import { COMMENT } from './comment';
import type { EdgeGate } from './gate';

/**
 * Returns the part of a media behaviour that depends on the check of viewers.
 *
 * @param name - word for the policy's name, of which a stack has one each.
 */
export function gated(
  scope: Construct,
  media: Pick<OriginEgress, 'preflight' | 'preflightHeaders'>,
  gate: EdgeGate | undefined,
  name = 'viewers',
): Partial<BehaviorOptions> {
  if (gate === undefined) return { originRequestPolicy: media.preflight };
  return {
    originRequestPolicy: forwarded(scope, media, gate, name),
    functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: gate.viewerRequest }],
  };
}

/**
 * Returns the behaviours of paths with a token. They come before the others and are as those, so that a token changes
 * neither what is cached nor for how long.
 */
export function withToken(
  clean: Readonly<Record<string, BehaviorOptions>>,
  { tokenPattern }: EdgeGate,
): Record<string, BehaviorOptions> {
  return Object.fromEntries(
    Object.entries(clean).map(([pattern, behavior]) => [`${tokenPattern}${pattern}`, behavior]),
  );
}

/**
 * Returns the policy that hands headers of CloudFront to the function. Those of a cache policy would split the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
function forwarded(
  scope: Construct,
  media: Pick<OriginEgress, 'preflight' | 'preflightHeaders'>,
  { headers }: EdgeGate,
  name: string,
): IOriginRequestPolicy | undefined {
  if (headers.length === 0) return media.preflight;
  return new OriginRequestPolicy(scope, pascalCase(name), {
    originRequestPolicyName: stackUniqueName(name),
    comment: COMMENT,
    headerBehavior: OriginRequestHeaderBehavior.allowList(...headers, ...(media.preflightHeaders ?? [])),
  });
}
