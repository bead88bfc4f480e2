import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cloudClock } from '../../src/host/clock';
import { DefaultBus } from '../../src/services/events/default-bus';
import { Events } from '../../src/services/events/events';
import { Iam } from '../../src/services/iam/iam';
import { Scheduler } from '../../src/services/scheduler/scheduler';
import { Sns } from '../../src/services/sns/sns';
import { LambdaBench } from '../lambda/lambda-bench';

/** Publishes who woke it, and the hour that it is to it. */
const GUARD = `
  const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
  exports.handler = async ({ 'detail-type': type, by }) => {
    const Message = (by ?? type) + ' at ' + new Date().toISOString().slice(0, 13);
    await new SNSClient({}).send(new PublishCommand({ TopicArn: process.env.TOPIC, Message }));
  };`;

const get = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const statement = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const trust = (Service: string) => ({
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

/** The parts of a guard of channels. */
const RESOURCES = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/aws/sns' } },
  TopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Statement: [
          {
            ...statement('sns:Publish', { Ref: 'Topic' }),
            Effect: 'Deny',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  },
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'ops@example.com' },
  },
  GuardRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [statement('sns:Publish', { Ref: 'Topic' })] } }],
    },
  },
  Guard: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { ZipFile: GUARD },
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Timeout: 30,
      Role: get('GuardRole'),
      Environment: { Variables: { TOPIC: { Ref: 'Topic' } } },
    },
  },
  Once: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: { Ref: 'Guard' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['aws.medialive'] }, Targets: [{ Id: 'Target0', Arn: get('Guard') }] },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: get('Guard'),
      Principal: 'events.amazonaws.com',
      SourceArn: get('Rule'),
    },
  },
  ScheduleRole: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust('scheduler.amazonaws.com') },
  },
  SchedulePolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'p',
      PolicyDocument: { Statement: [statement('lambda:InvokeFunction', get('Guard'))] },
      Roles: [{ Ref: 'ScheduleRole' }],
    },
  },
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    DependsOn: ['SchedulePolicy'],
    Properties: {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: get('Guard'), RoleArn: get('ScheduleRole'), Input: '{"by":"schedule"}' },
    },
  },
};

let bench: LambdaBench;
let sns: Sns;
const bus = new DefaultBus();

beforeEach(async () => {
  const iam = new Iam({ partition: 'aws', accountId: '111122223333', tell: () => {} });
  bench = new LambdaBench({
    clock: cloudClock(3600),
    access: {
      roleAllows: (...asked) => iam.roleAllows(...asked),
      roleTrusts: (...asked) => iam.roleTrusts(...asked),
      policyAllows: (...asked) => iam.policyAllows(...asked),
      policyDenies: (...asked) => iam.policyDenies(...asked),
    },
    services: (cloud, functions) => {
      sns = new Sns(cloud);
      return [iam, sns, new Events(cloud, { bus, functions }), new Scheduler(cloud, { functions })];
    },
  });
  await bench.api.start();
});

afterEach(() => bench.close());

async function publishedBy(who: string, count: number): Promise<readonly string[]> {
  const topicArn = String(bench.cloudFormation.stack('guarded')?.resources.get('Topic')?.state.ref);
  for (let left = 200; left > 0; left -= 1) {
    const found = sns.messages(topicArn).filter(({ message }) => message.startsWith(who));
    if (found.length >= count) return found.map(({ message }) => message);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${who} published too little:\n${bench.told}`);
}

const create = (Resources: object = RESOURCES) =>
  bench.cloudFormation.createStack({ stackName: 'guarded', template: { Resources } });

describe('a function that guards channels', () => {
  test('is woken by its schedule every hour of the cloud, and by events, and publishes', async () => {
    await create();
    bus.put({ source: 'aws.medialive', detailType: 'MediaLive Channel Alert', resources: [], detail: {} });
    expect(await publishedBy('MediaLive Channel Alert', 1)).toHaveLength(1);
    const hours = await publishedBy('schedule', 3);
    expect(new Set(hours).size).toBeGreaterThanOrEqual(2);
    expect(bench.told).toContain('(would be mailed to ops@example.com; nothing leaves this machine)');
    await bench.cloudFormation.deleteStack('guarded');
  });

  test('is not woken by a rule that its permissions do not name', async () => {
    const other = { ...RESOURCES.Permission.Properties, SourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/other' };
    const { Schedule: _, ...resources } = RESOURCES;
    await create({ ...resources, Permission: { ...RESOURCES.Permission, Properties: other } });
    bus.put({ source: 'aws.medialive', detailType: 'Alert', resources: [], detail: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bench.told).toContain('no AWS::Lambda::Permission allows lambda:InvokeFunction to events.amazonaws.com');
  });
});
