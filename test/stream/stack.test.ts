import { describe, expect, test } from '@jest/globals';
import { mainChannel, only, resources, stageChannel, synth } from './synth';

const both = synth({ channels: [mainChannel, stageChannel] });

describe('the stack', () => {
  test('puts all channels into one channel group and behind one distribution', () => {
    expect(resources(both, 'AWS::MediaPackageV2::ChannelGroup')).toHaveLength(1);
    expect(resources(both, 'AWS::CloudFront::Distribution')).toHaveLength(1);
    expect(resources(both, 'AWS::MediaPackageV2::Channel')).toHaveLength(2);
    expect(resources(both, 'AWS::MediaLive::Channel')).toHaveLength(2);
  });

  test('changes nothing of one channel when another is added or removed', () => {
    const alone = synth({ channels: [stageChannel] });
    const about = (template: typeof both) =>
      Object.entries(template.Resources).filter(
        ([id]) => /stage/.test(id) && !/Policy/.test(template.Resources[id]?.Type ?? ''),
      );
    expect(about(both)).toEqual(about(alone));
    expect(about(both).length).toBeGreaterThan(5);
  });

  test('has no custom cache policies but one for manifests and one for segments', () => {
    expect(resources(both, 'AWS::CloudFront::CachePolicy')).toHaveLength(2);
  });

  test('runs its functions on a runtime that Lambda accepts', () => {
    const runtimes = resources(both, 'AWS::Lambda::Function').map(({ Properties }) => Properties['Runtime']);
    expect(runtimes).toHaveLength(5);
    expect(new Set(runtimes)).toEqual(new Set(['nodejs24.x']));
  });

  test('gives every custom resource a time-out below the hour that CloudFormation would wait', () => {
    const custom = Object.values(both.Resources).filter(({ Type }) => Type.startsWith('Custom::'));
    expect(custom).toHaveLength(7);
    for (const { Properties } of custom) {
      expect(Number(Properties['ServiceTimeout'])).toBeGreaterThan(0);
      expect(Number(Properties['ServiceTimeout'])).toBeLessThan(1800);
    }
  });

  test('names itself by reference only, because a template may be deployed under another name', () => {
    expect(JSON.stringify(synth({}, 'by-another-name').Resources)).not.toContain('by-another-name');
  });

  test('tries no event of a function for more than minutes', () => {
    const functions = resources(both, 'AWS::Lambda::Function').map(({ id }) => id);
    const bounded = resources(both, 'AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    expect(bounded.map(({ FunctionName }) => FunctionName)).toEqual(functions.map((Ref) => ({ Ref })));
    for (const properties of bounded) expect(properties).toMatchObject({ MaximumEventAgeInSeconds: 300 });
  });

  test('mails the failed events of the guard and of the notices only: those of custom resources hold a signed URL', () => {
    const topic = only(both, 'AWS::SNS::Topic').id;
    const mailed = resources(both, 'AWS::Lambda::EventInvokeConfig').filter(
      ({ Properties }) => Properties['DestinationConfig'] !== undefined,
    );
    expect(mailed.map(({ id }) => id).sort()).toEqual([
      expect.stringMatching(/^MoneyGuardPatrol/),
      expect.stringMatching(/^OperationsAlarmNotices/),
    ]);
    for (const { Properties } of mailed) {
      expect(Properties['DestinationConfig']).toEqual({ OnFailure: { Destination: { Ref: topic } } });
    }
  });

  test('lets CloudFormation wait longer for a custom resource than its function can work on the oldest event', () => {
    const timeouts = new Map(
      resources(both, 'AWS::Lambda::Function').map(({ id, Properties }) => [id, Number(Properties['Timeout'])]),
    );
    for (const { Type, Properties } of Object.values(both.Resources)) {
      if (!Type.startsWith('Custom::')) continue;
      const [functionId] = (Properties['ServiceToken'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
      expect(Number(Properties['ServiceTimeout'])).toBeGreaterThan(
        (timeouts.get(functionId) ?? Number.POSITIVE_INFINITY) + 300,
      );
    }
  });

  test('shares no physical name with another stack of this app in the same account and Region', () => {
    const named = (stackName: string) =>
      names(resolveNames(synth({ channels: [mainChannel, stageChannel] }, stackName), stackName));
    const [first, second] = [named('first'), named('second')];
    expect(first.length).toBeGreaterThan(8);
    expect(first.filter((name) => second.includes(name))).toEqual([]);
  });

  test('keeps the bucket of access logs only when told to', () => {
    const policy = (accessLogs: 'delete-with-stack' | 'retain') => {
      const template = synth({ edge: { accessLogs } });
      return resources(template, 'AWS::S3::Bucket').filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').length;
    };
    expect([policy('delete-with-stack'), policy('retain')]).toEqual([0, 1]);
  });

  test('has no bucket for logs that nobody wants', () => {
    expect(resources(synth({ edge: { accessLogs: 'off' } }), 'AWS::S3::Bucket')).toHaveLength(2);
  });

  test('prints the player first', () => {
    expect(Object.keys(both.Outputs)[0]).toBe('PlayerUrl');
  });

  test('prints where to publish for push inputs only', () => {
    const ingest = Object.keys(both.Outputs).filter((name) => name.includes('Ingest'));
    expect(ingest).toEqual([
      'StageIngestServer0',
      'StageIngestStreamKey0',
      'StageIngestServer1',
      'StageIngestStreamKey1',
    ]);
  });

  test('empties the bucket of access logs after the distribution that writes them is gone', () => {
    const logs = resources(both, 'Custom::BucketContent').find(({ id }) => id.startsWith('BucketContentAccessLogs'));
    expect(logs).toBeDefined();
    expect(only(both, 'AWS::CloudFront::Distribution').DependsOn).toContain(logs?.id);
  });
});

describe('a stack that is larger than CloudFormation takes', () => {
  const prepared = ['one', 'two', 'three'].map((name) => ({ name, input: { kind: 'test-clip' as const } }));
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...stageChannel,
      name: `stage-${index}`,
      failover: { input: { kind: 'rtmp-push' as const, allowedCidrs: ['203.0.113.8/32'] } },
      preparedInputs: prepared,
    }));
  const origin = { kind: 'media-package', formats: ['ll-hls', 'hls', 'dash', 'hls-ts', 'mss'] } as const;

  test('is refused with a sentence', () => {
    expect(() => synth({ origin: { ...origin, formats: [...origin.formats] }, channels: many(10) })).toThrow(
      /channels: 10 given, which make 2\d\d Outputs of the stack; CloudFormation takes 200: divide the channels/,
    );
  });
});

/** The template with `AWS::StackName` and `AWS::StackId` filled in, as two stacks of one account would have them. */
function resolveNames(template: typeof both, stackName: string): typeof both {
  const text = JSON.stringify(template)
    .replaceAll('{"Ref":"AWS::StackName"}', JSON.stringify(stackName))
    .replaceAll(
      '{"Ref":"AWS::StackId"}',
      JSON.stringify(`arn:aws:cloudformation:r:1:stack/${stackName}/guid-of-${stackName}`),
    );
  return JSON.parse(text) as typeof both;
}

/** Every value of a property that is the physical name of something. */
function names(template: typeof both): readonly string[] {
  const nameOf: Readonly<Record<string, readonly string[]>> = {
    'AWS::MediaPackageV2::ChannelGroup': ['ChannelGroupName'],
    'AWS::MediaLive::Channel': ['Name'],
    'AWS::MediaLive::Input': ['Name'],
    'AWS::CloudFront::CachePolicy': ['CachePolicyConfig', 'Name'],
    'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig', 'Name'],
    'AWS::CloudFront::OriginAccessControl': ['OriginAccessControlConfig', 'Name'],
    'AWS::S3::Bucket': ['BucketName'],
    'AWS::Lambda::Function': ['FunctionName'],
    'AWS::IAM::Role': ['RoleName'],
    'AWS::Logs::LogGroup': ['LogGroupName'],
  };
  return Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    const name = (nameOf[Type] ?? []).reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      Properties ?? {},
    );
    return nameOf[Type] === undefined || name === undefined ? [] : [JSON.stringify(name)];
  });
}
