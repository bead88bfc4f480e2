import { describe, expect, test } from '@jest/globals';
import { refuseMissingTypes } from '../../src/cloudformation/resource-regions';
import { TemplateError } from '../../src/template/template-error';
import { EngineBench } from './engine-bench';

const CHANNEL = ['AWS::MediaLive::Channel', 'AWS::MediaLive::Input', 'AWS::MediaPackageV2::Channel', 'AWS::S3::Bucket'];

describe('a Region without a resource type', () => {
  test("is refused in CloudFormation's words, with each type once", () => {
    const refused = () => refuseMissingTypes([...CHANNEL, ...CHANNEL], 'ca-central-1');
    expect(refused).toThrow(TemplateError);
    expect(refused).toThrow(
      'Template format error: Unrecognized resource types: [AWS::MediaLive::Channel, AWS::MediaLive::Input]',
    );
    expect(() => refuseMissingTypes(CHANNEL, 'us-east-2')).toThrow('[AWS::MediaLive::Input]');
    expect(() => refuseMissingTypes(CHANNEL, 'eu-west-1')).not.toThrow();
  });

  test('is refused before anything is created, even if a condition leaves the resource out', async () => {
    const bench = new EngineBench({ region: 'ca-central-1' });
    const Resources = {
      Thing: { Type: 'AWS::Test::Thing' },
      Input: { Type: 'AWS::MediaLive::Input', Condition: 'Never' },
    };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    await expect(bench.create(Resources, { Conditions })).rejects.toThrow(
      'Unrecognized resource types: [AWS::MediaLive::Input]',
    );
    expect(bench.service.history).toEqual([]);
  });
});
