import { UnsupportedError } from '../../../contract';
import type { Declared } from '../../kit/declared';
import type { EdgeFunction } from '../functions/edge-function';
import { refuseLoggingIn } from './access-logs';
import { readComment } from './comment';
import {
  type AccessControl,
  type Behavior,
  DEFAULT_ERROR_SECONDS,
  type DistributionParts,
  type ErrorRule,
  type Origin,
} from './distribution';
import { geoRestriction } from './geo-restriction';
import { allowedMethods, cachedMethods } from './methods';
import { misfit } from './origin-access-control';
import { ownDomain } from './own-domain';
import { pathPattern } from './path-pattern';
import type { CachePolicy, OriginRequestPolicy } from './policies';
import type { ResponseHeadersPolicy } from './response-headers-policy';

/** Resources that a distribution refers to by id or ARN. Each lookup throws for one that does not exist. */
export interface References {
  cachePolicy(id: string): CachePolicy;
  originRequestPolicy(id: string): OriginRequestPolicy;
  responseHeadersPolicy(id: string): ResponseHeadersPolicy;
  originAccessControl(id: string): AccessControl;
  edgeFunction(arn: string): EdgeFunction;
}

/**
 * Reads a DistributionConfig. `redirect-to-https` and `https-only` are accepted without effect, because the local edge
 * serves plain HTTP on loopback.
 *
 * @param region - Region of the stack.
 * @throws UnsupportedError with the name of a property that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
 */
export function distributionParts(config: Declared, references: References, region: string): DistributionParts {
  // These take effect before a request reaches an edge, or after its answer.
  config.withoutEffect('HttpVersion', 'IPV6Enabled', 'PriceClass');
  readComment(config);
  const logging = refuseLoggingIn(region, config);
  config.onlyEmpty('ContinuousDeploymentPolicyId', 'Staging');
  if (!config.flag('Enabled')) {
    throw config.unsupported('Enabled', 'false is not: a disabled distribution serves nothing');
  }
  if (config.maybePart('OriginGroups')?.number('Quantity')) throw config.unsupported('OriginGroups');

  const origins = new Map(config.list('Origins').map((origin) => [origin.text('Id'), readOrigin(origin, references)]));
  const behavior = (declared: Declared, pattern: string) => readBehavior(declared, pattern, origins, references);
  const root = config.maybeText('DefaultRootObject') ?? '';
  return {
    rootObject: root === '' ? undefined : `/${root}`,
    behaviors: [
      ...config.list('CacheBehaviors').map((declared) => behavior(declared, declared.text('PathPattern'))),
      behavior(config.part('DefaultCacheBehavior'), '*'),
    ],
    errors: new Map(config.list('CustomErrorResponses').map((rule) => [rule.number('ErrorCode'), readErrorRule(rule)])),
    geo: geoRestriction(config),
    logging,
    ...ownDomain(config),
  };
}

function readOrigin(declared: Declared, references: References): Origin {
  // A shield is another cache between several edges and the origin. The local run has one edge.
  declared.withoutEffect('OriginShield');
  const custom = declared.maybePart('CustomOriginConfig');
  custom?.withoutEffect('HTTPPort', 'HTTPSPort', 'OriginProtocolPolicy', 'OriginSSLProtocols', 'IpAddressType');
  custom?.withoutEffect('OriginKeepaliveTimeout');
  const s3 = declared.maybePart('S3OriginConfig')?.onlyEmpty('OriginAccessIdentity');
  if (custom === undefined && s3 === undefined) {
    throw new Error(
      `${declared.path}: no kind of origin was given; a CustomOriginConfig or an S3OriginConfig is needed.`,
    );
  }
  const controlId = declared.maybeText('OriginAccessControlId') ?? '';
  const accessControl = controlId === '' ? undefined : references.originAccessControl(controlId);
  const domainName = declared.text('DomainName');
  const problem = accessControl && misfit(accessControl, domainName);
  if (problem !== undefined) throw new Error(`${declared.at('OriginAccessControlId')}: ${problem}`);
  return {
    id: declared.text('Id'),
    domainName,
    path: declared.maybeText('OriginPath') ?? '',
    headers: Object.fromEntries(
      declared
        .list('OriginCustomHeaders')
        .map((header) => [header.text('HeaderName').toLowerCase(), header.text('HeaderValue')]),
    ),
    accessControl,
    attempts: declared.maybeNumber('ConnectionAttempts') ?? 3,
    connectTimeout: 1000 * (declared.maybeNumber('ConnectionTimeout') ?? 10),
    readTimeout: 1000 * (custom?.maybeNumber('OriginReadTimeout') ?? s3?.maybeNumber('OriginReadTimeout') ?? 30),
  };
}

function readBehavior(
  declared: Declared,
  pattern: string,
  origins: ReadonlyMap<string, Origin>,
  references: References,
): Behavior {
  declared.onlyEmpty('SmoothStreaming', 'FieldLevelEncryptionId', 'LambdaFunctionAssociations', 'RealtimeLogConfigArn');
  declared.onlyEmpty('TrustedKeyGroups', 'TrustedSigners');
  declared.maybePart('GrpcConfig')?.onlyEmpty('Enabled');
  declared.oneOf('ViewerProtocolPolicy', ['allow-all', 'redirect-to-https', 'https-only']);
  const target = declared.text('TargetOriginId');
  const origin = origins.get(target);
  if (origin === undefined) {
    throw new Error(`${declared.path}.TargetOriginId: ${target} was given; it must be the Id of one of the Origins.`);
  }
  const optional = <T>(key: string, find: (id: string) => T): T | undefined => {
    const id = declared.maybeText(key) ?? '';
    return id === '' ? undefined : find(id);
  };
  const functions = new Map(
    declared
      .list('FunctionAssociations')
      .map((part) => [
        part.oneOf('EventType', ['viewer-request', 'viewer-response']),
        references.edgeFunction(part.text('FunctionARN')),
      ]),
  );
  const allowed = allowedMethods(declared);
  if (declared.value('ForwardedValues') !== undefined) {
    throw new UnsupportedError(
      `${declared.path}.ForwardedValues is deprecated and not modelled by the local run. Use a CachePolicyId.`,
    );
  }
  return {
    pattern,
    matches: pattern === '*' ? () => true : pathPattern(pattern),
    origin,
    allowedMethods: allowed,
    cachedMethods: cachedMethods(declared, allowed),
    cachePolicy: references.cachePolicy(declared.text('CachePolicyId')),
    originRequestPolicy: optional('OriginRequestPolicyId', references.originRequestPolicy),
    responseHeaders: optional('ResponseHeadersPolicyId', references.responseHeadersPolicy),
    compress: declared.flag('Compress'),
    viewerRequest: functions.get('viewer-request'),
    viewerResponse: functions.get('viewer-response'),
  };
}

function readErrorRule(declared: Declared): ErrorRule {
  const path = declared.maybeText('ResponsePagePath') ?? '';
  const status = declared.maybeNumber('ResponseCode');
  if ((path === '') !== (status === undefined)) {
    throw new Error(`${declared.path}: ResponsePagePath or ResponseCode was given alone; give both or neither.`);
  }
  return {
    minTtlSeconds: declared.maybeNumber('ErrorCachingMinTTL') ?? DEFAULT_ERROR_SECONDS,
    page: status === undefined ? undefined : { path, status },
  };
}
