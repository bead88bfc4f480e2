import { describe, expect, test } from '@jest/globals';
import { NOTICE_TAG, STATE_TAGS } from '../../lambda/shared/channels/tags';
import { grants, inline, name, type Statement } from './grants';
import { mainChannel, only, resources, stageChannel, synth, type Template } from './synth';

function attached(template: Template, policyId: RegExp): readonly Statement[] {
  return resources(template, 'AWS::IAM::Policy')
    .filter(({ id }) => policyId.test(id))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
}

const template = synth({ channels: [mainChannel, stageChannel] });

describe('permissions', () => {
  test('of an encoder with the test clip are to read the clip and to write to its packager', () => {
    expect(grants(inline(template, /^Encodermain/))).toEqual([
      'mediapackagev2:GetChannel <OriginmainChannel>',
      'mediapackagev2:PutObject <OriginmainChannel>',
      's3:GetObject <TestClipBucket>/test-clip.mp4',
    ]);
  });

  test('of an encoder with RTMP push are to write to its packager', () => {
    expect(grants(inline(template, /^Encoderstage/))).toEqual([
      'mediapackagev2:GetChannel <OriginstageChannel>',
      'mediapackagev2:PutObject <OriginstageChannel>',
    ]);
  });

  test('of an encoder are lent to channels of this account and Region only', () => {
    const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Encodermain'));
    expect(role?.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'medialive.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': expect.anything() },
          },
        },
      ],
    });
  });

  const channels = 'arn:<AWS::Partition>:medialive:<AWS::Region>:<AWS::AccountId>:channel:*';
  const change = ['CreateTags', 'DeleteTags', 'StartChannel', 'StopChannel'].map(
    (action) => `medialive:${action} ${channels}`,
  );

  const ownChannels = (action: string) =>
    ['mainChannelSinglePipeline', 'stageChannelTwoPipelines'].map((channel) => `${action} <Encoder${channel}>`);

  test('of the function that starts and stops are to change the channels of this stack, and to ask about the stack', () => {
    expect(grants(inline(template, /^ChannelState/))).toEqual(
      [
        'cloudformation:DescribeStackResource <AWS::StackId>',
        'cloudformation:DescribeStacks <AWS::StackId>',
        'logs:CreateLogStream <ChannelStateLog>',
        'logs:PutLogEvents <ChannelStateLog>',
        `medialive:DescribeChannel ${channels}`,
        ...change,
      ].sort(),
    );
    expect(grants(attached(template, /^RunningStatemain/))).toEqual([]);
    expect(grants(attached(template, /^RunningStatestage/))).toEqual([
      'medialive:DescribeInput <InputstageRtmpPushTwoPipelines>',
    ]);
  });

  test('of the functions to write tags are for the two of a channel’s state', () => {
    for (const id of [/^ChannelState/, /^MoneyGuardPatrol/]) {
      const tagging = inline(template, id).filter(({ Action }) => [Action].flat().includes('medialive:CreateTags'));
      expect(tagging.map(({ Condition }) => Condition)).toEqual([
        expect.objectContaining({
          'ForAllValues:StringEquals': { 'aws:TagKeys': [STATE_TAGS.resume, STATE_TAGS.runningSince] },
        }),
      ]);
    }
  });

  test('of the guard are to change the channels of this stack, and to say so through its topic', () => {
    expect(grants(inline(template, /^MoneyGuardPatrol/))).toEqual(
      [
        'cloudformation:DescribeStacks <AWS::StackId>',
        'logs:CreateLogStream <MoneyGuardPatrolLog>',
        'logs:PutLogEvents <MoneyGuardPatrolLog>',
        `medialive:DescribeChannel ${channels}`,
        'medialive:ListAlerts *',
        'sns:Publish <Notices>',
        ...change,
      ].sort(),
    );
    expect(grants(inline(template, /^MoneyGuardSchedulerRole/))).toEqual([
      'lambda:InvokeFunction <MoneyGuardPatrolFunction>',
    ]);
  });

  test('of the probe are to ask for the state of the channels that it plays, and its schedule may invoke it alone', () => {
    expect(grants(inline(template, /^OperationsProbeRole/))).toEqual([
      'logs:CreateLogStream <OperationsProbeLog>',
      'logs:PutLogEvents <OperationsProbeLog>',
      ...ownChannels('medialive:DescribeChannel'),
    ]);
    expect(grants(inline(template, /^OperationsProbeSchedulerRole/))).toEqual([
      'lambda:InvokeFunction <OperationsProbeFunction>',
    ]);
  });

  test('of the notices are to read the channels and their alerts, to count in tags of theirs, and to say so through the topic', () => {
    const statements = inline(template, /^OperationsAlarmNotices/);
    expect(grants(statements)).toEqual(
      [
        'logs:CreateLogStream <OperationsAlarmNoticesNoticeLog>',
        'logs:PutLogEvents <OperationsAlarmNoticesNoticeLog>',
        ...ownChannels('medialive:CreateTags'),
        ...ownChannels('medialive:DescribeChannel'),
        'medialive:ListAlerts *',
        'sns:Publish <Notices>',
      ].sort(),
    );
    const tagging = statements.filter(({ Action }) => [Action].flat().includes('medialive:CreateTags'));
    // They cannot forge the tags by which functions know the channels of the stack and their state.
    expect(tagging.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'aws:TagKeys': [`${NOTICE_TAG}*`] } },
    ]);
    const taken = [...Object.values(STATE_TAGS), 'live-streaming:stack'].filter((tag) => tag.startsWith(NOTICE_TAG));
    expect(taken).toEqual([]);
  });

  test('to invoke the notices are given to alarms of this account and Region whose names begin with the stack’s', () => {
    const permissions = resources(template, 'AWS::Lambda::Permission').filter(({ id }) => id.startsWith('Operations'));
    expect(permissions).toHaveLength(1);
    expect(permissions[0]?.Properties).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
    expect(name(permissions[0]?.Properties['SourceArn'])).toBe(
      'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:<AWS::StackName>-*',
    );
  });

  test('to write the history are given to EventBridge for its one log group', () => {
    const policy = only(template, 'AWS::Logs::ResourcePolicy');
    const text = name(policy.Properties['PolicyDocument']);
    expect(JSON.parse(text)).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: '<OperationsHistoryLog>',
        },
      ],
    });
  });

  test('and resources of operations are absent without operations', () => {
    const without = synth({ operations: false });
    const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Logs::ResourcePolicy'];
    expect(types.flatMap((type) => resources(without, type))).toEqual([]);
    expect(JSON.stringify(without)).not.toMatch(/Operations|Probe|AlarmNotices|Dashboard|\/aws\/events/);
  });

  test('to change any channel hang on the tag of this stack, which every channel carries', () => {
    for (const role of [/^ChannelState/, /^MoneyGuardPatrol/]) {
      const changing = inline(template, role).filter(({ Action }) => [Action].flat().includes('medialive:StopChannel'));
      expect(changing.map(({ Condition }) => Condition)).toEqual([
        { StringEquals: { 'aws:ResourceTag/live-streaming:stack': { Ref: 'AWS::StackId' } } },
      ]);
    }
    for (const { Properties } of resources(template, 'AWS::MediaLive::Channel')) {
      expect(Properties['Tags']).toMatchObject({ 'live-streaming:stack': { Ref: 'AWS::StackId' } });
    }
  });

  test('of the function that keeps buckets are about the buckets and the distribution of this stack', () => {
    expect(grants(inline(template, /^BucketContentPlacer/))).toEqual([
      'logs:CreateLogStream <BucketContentPlacerLog>',
      'logs:PutLogEvents <BucketContentPlacerLog>',
    ]);
    const emptied = (bucket: string) => [`s3:DeleteObject <${bucket}>/*`, `s3:ListBucket <${bucket}>`];
    const kept = (bucket: string) => [...emptied(bucket), `s3:PutObject <${bucket}>/*`];
    // Where nothing is placed, nothing can be forged.
    expect(grants(attached(template, /^BucketContentAccessLogsAccess/))).toEqual(emptied('LogsBucket'));
    expect(grants(attached(synth({ origin: 's3' }), /^BucketContentMediaAccess/))).toEqual(emptied('OriginBucket'));
    expect(grants(attached(template, /^BucketContentTestClipAccess/))).toEqual(kept('TestClipBucket'));
    expect(grants(attached(template, /^BucketContentPlayerSiteAccess/))).toEqual([
      'cloudfront:CreateInvalidation arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<EdgeDistribution>',
      ...kept('SiteBucket'),
    ]);
  });

  test('are taken on by services on behalf of this stack’s account alone, and by Scheduler for its own group', () => {
    const trusts = resources(template, 'AWS::IAM::Role').flatMap(({ Properties }) => {
      const { Statement: statements } = Properties['AssumeRolePolicyDocument'] as { Statement: readonly Statement[] };
      return statements.map(({ Action, Condition, ...rest }) => ({
        service: (rest as { Principal?: { Service?: string } }).Principal?.Service,
        actions: [Action].flat(),
        condition: JSON.stringify(Condition),
      }));
    });
    const of = (service: string) => trusts.filter((trust) => trust.service === service);
    const schedulers = of('scheduler.amazonaws.com').map(({ condition }) => condition);
    expect(schedulers).toHaveLength(2);
    for (const condition of schedulers) {
      expect(condition).toMatch(/"aws:SourceAccount".*"aws:SourceArn".*:schedule-group\/default"/);
    }
    expect(of('medialive.amazonaws.com').length).toBeGreaterThan(1);
    for (const { actions, condition } of of('medialive.amazonaws.com')) {
      expect(actions).toEqual(['sts:AssumeRole', 'sts:TagSession']);
      expect(condition).toMatch(/"aws:SourceAccount".*"aws:SourceArn"/);
    }
  });

  test('of readers of media are given to this distribution alone', () => {
    const policies = resources(template, 'AWS::MediaPackageV2::OriginEndpointPolicy');
    expect(policies).toHaveLength(resources(template, 'AWS::MediaPackageV2::OriginEndpoint').length);
    const distribution = only(template, 'AWS::CloudFront::Distribution').id;
    for (const { Properties } of policies) {
      const { Statement: statements } = Properties['Policy'] as {
        Statement: readonly (Statement & { Principal: unknown })[];
      };
      expect(statements).toHaveLength(1);
      expect(statements[0]).toMatchObject({
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: ['mediapackagev2:GetHeadObject', 'mediapackagev2:GetObject'],
      });
      expect(JSON.stringify(statements[0]?.Condition)).toContain(`{"Ref":"${distribution}"}`);
    }
  });

  test('of readers of the player are given to this distribution alone, and no other bucket has readers', () => {
    const readers = resources(template, 'AWS::S3::BucketPolicy').flatMap(({ Properties }) => {
      const { Statement: statements } = Properties['PolicyDocument'] as { Statement: readonly Statement[] };
      return statements
        .filter(({ Effect }) => Effect === 'Allow')
        .map((statement) => ({ bucket: name(Properties['Bucket']), ...statement }));
    });
    expect(readers).toMatchObject([
      {
        bucket: '<SiteBucket>',
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      },
    ]);
  });
});
