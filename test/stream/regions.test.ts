import { describe, expect, test } from '@jest/globals';
import { Declared, refuseLoggingIn, refuseMissingTypes } from 'small-cloud/testing';
import { regionsOf } from '../../lib/stream/regions';
import { resources, synth, type Template } from './synth';

const ORIGINS = ['media-package', 'media-package-v1', 's3', 'media-store'] as const;

/** Regions with an Origin Shield. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html */
const SHIELDS = [
  ...['us-east-2', 'us-east-1', 'us-west-2', 'ap-south-1', 'ap-northeast-2', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ap-northeast-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'sa-east-1', 'me-central-1'],
];

/** Every Region where MediaLive is, and more. */
const REGIONS = [
  ...['af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-4', 'ap-southeast-5', 'ca-central-1', 'eu-central-1'],
  ...['eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2'],
  ...['us-west-1', 'us-west-2'],
];

function stackWith(kind: (typeof ORIGINS)[number]): Template {
  return synth({ origin: kind === 'media-store' ? { kind, acknowledgeDiscontinued: true } : kind });
}

function isRefused(act: () => void): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

describe.each(ORIGINS)('the Regions of a stack with the origin %s', (origin) => {
  const template = stackWith(origin);

  test('are those whose CloudFormation has each of its resource types', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    const taken = REGIONS.filter((region) => !isRefused(() => refuseMissingTypes(types, region)));
    expect([...regionsOf(origin)].sort()).toEqual(taken.sort());
  });

  test('are those that the rule compares with, and its sentence names', () => {
    const rule = JSON.stringify(template.Rules?.['RegionHasTheServices']);
    const compared = [...rule.matchAll(/\[\{"Ref":"AWS::Region"\},"([\w-]+)"\]/g)].map((match) => match[1]);
    expect(compared).toEqual(regionsOf(origin));
    expect(rule).toContain(`The Regions where it has them are: ${regionsOf(origin).join(', ')}.`);
  });

  test('take the access logs of CloudFront', () => {
    const logging = new Declared({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }, 'Edge');
    expect(regionsOf(origin).filter((region) => isRefused(() => refuseLoggingIn(region, logging)))).toEqual([]);
    expect(isRefused(() => refuseLoggingIn('me-central-1', logging))).toBe(true);
  });

  test('have an Origin Shield each, which the edge asks for', () => {
    expect(regionsOf(origin).filter((region) => !SHIELDS.includes(region))).toEqual([]);
    const [edge] = resources(template, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(edge?.Properties)).toContain('"OriginShieldRegion":{"Ref":"AWS::Region"}');
  });
});
