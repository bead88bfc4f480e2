import { evaluate, isList, isObject, type JsonObject, readTemplate, type Value } from 'small-cloud';
import { SAMPLE_STACK, sampleWorld } from '../../../bin/requests/samples';
import type { NamedRequest } from './service-models';

/** A request that creates a resource whose properties have the names of the API. */
interface Operation {
  readonly service: string;
  readonly operation: string;
  /** Member that CloudFormation fills in with a name of its own. */
  readonly name?: string;
  /** Properties that other requests take. */
  readonly without?: readonly string[];
  /** Properties that are an object in a template and a string in a request. */
  readonly json?: readonly string[];
  readonly relaxed?: true;
}

const cloudFront = (operation: string): Operation => ({ service: 'cloudfront', operation, relaxed: true });

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'AWS::CloudFront::CachePolicy': cloudFront('CreateCachePolicy'),
  'AWS::CloudFront::Distribution': cloudFront('CreateDistribution'),
  'AWS::CloudFront::OriginAccessControl': cloudFront('CreateOriginAccessControl'),
  'AWS::CloudFront::OriginRequestPolicy': cloudFront('CreateOriginRequestPolicy'),
  'AWS::CloudFront::ResponseHeadersPolicy': cloudFront('CreateResponseHeadersPolicy'),
  'AWS::Events::Rule': {
    service: 'events',
    operation: 'PutRule',
    name: 'Name',
    without: ['Targets'],
    json: ['EventPattern'],
  },
  'AWS::IAM::Role': {
    service: 'iam',
    operation: 'CreateRole',
    name: 'RoleName',
    without: ['Policies', 'ManagedPolicyArns'],
    json: ['AssumeRolePolicyDocument'],
  },
  'AWS::Lambda::EventInvokeConfig': { service: 'lambda', operation: 'PutFunctionEventInvokeConfig' },
  'AWS::Lambda::Function': { service: 'lambda', operation: 'CreateFunction', name: 'FunctionName' },
  'AWS::Lambda::Permission': { service: 'lambda', operation: 'AddPermission', name: 'StatementId' },
  'AWS::Scheduler::Schedule': { service: 'scheduler', operation: 'CreateSchedule', name: 'Name' },
};

/** Members whose names in the CloudFront API differ from those in a template. */
const RENAMED: Readonly<Record<string, string>> = {
  AcmCertificateArn: 'ACMCertificateArn',
  IPV6Enabled: 'IsIPV6Enabled',
  Locations: 'Items',
  OriginCustomHeaders: 'CustomHeaders',
  OriginSSLProtocols: 'OriginSslProtocols',
  SslSupportMethod: 'SSLSupportMethod',
};

/**
 * Requests that create the resources beside the media: edge, functions, roles, rules and schedules. `npm run requests`
 * does not write them, because these services need several requests for one resource of a template.
 */
export function otherRequests(
  of: string,
  json: unknown,
  parameters: Readonly<Record<string, string>> = {},
): readonly NamedRequest[] {
  const template = readTemplate(json);
  const evaluation = evaluate(template, parameters, SAMPLE_STACK);
  const world = sampleWorld(template, evaluation);
  return Object.entries(template.resources).flatMap(([id, { type, condition, properties }]): NamedRequest[] => {
    const how = OPERATIONS[type];
    if (how === undefined || (condition !== undefined && !evaluation.holds(condition, id))) return [];
    const settled = evaluation.resolve(properties, `Resources.${id}.Properties`, world);
    const { service, operation, relaxed } = how;
    return [
      [`${of}: ${id}`, { service, operation, relaxed, parameters: members(how, id, isObject(settled) ? settled : {}) }],
    ];
  });
}

/** Most characters of a statement's id, the longest of these names. */
const LONGEST_NAME = 100;

function members(
  { name, without = [], json = [], relaxed }: Operation,
  id: string,
  properties: JsonObject,
): JsonObject {
  const taken = Object.entries(properties)
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => [key, json.includes(key) ? JSON.stringify(value) : value] as const);
  // CloudFormation makes the name from the logical id, and shortens it to what the service takes.
  const all: Record<string, Value> = name === undefined ? {} : { [name]: id.slice(0, LONGEST_NAME) };
  Object.assign(all, Object.fromEntries(taken));
  return relaxed ? (renamed(all) as JsonObject) : all;
}

function renamed(value: Value): Value {
  if (isList(value)) return value.map(renamed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [RENAMED[key] ?? key, renamed(inner)]));
}
