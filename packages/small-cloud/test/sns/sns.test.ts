import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../src/contract';
import { Sns } from '../../src/services/sns/sns';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
let cloud: TestCloud;
let sns: Sns;
let server: ApiServer;
let client: SNSClient;

beforeEach(async () => {
  cloud = new TestCloud();
  sns = new Sns(cloud);
  const handler = sns.api['sns'];
  if (handler === undefined) throw new Error('no API');
  server = new ApiServer(handler);
  const endpoint = await server.start();
  client = new SNSClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  cloud.remove();
});

const topic = (properties: Properties = {}) =>
  cloud.create(sns, 'AWS::SNS::Topic', 'Alerts', { TopicName: 'alerts', ...properties });
const subscribe = (properties: Properties = {}) =>
  cloud.create(sns, 'AWS::SNS::Subscription', 'Mail', {
    TopicArn: TOPIC,
    Protocol: 'email',
    Endpoint: 'ops@example.com',
    ...properties,
  });
const publish = (input: Partial<PublishCommandInput> = {}) =>
  client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'hello', ...input }));

/** As the CDK names the key that AWS keeps for topics. */
const KEY = 'arn:aws:kms:eu-west-1:111122223333:alias/aws/sns';

describe('a topic', () => {
  test('is known by its ARN', async () => {
    const made = await topic({ DisplayName: 'Live alerts', KmsMasterKeyId: KEY, Tags: [] });
    expect(made.ref).toBe(TOPIC);
    expect(made.attribute('TopicName')).toBe('alerts');
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: TOPIC }]);
    expect((await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }))).Attributes).toMatchObject({
      DisplayName: 'Live alerts',
      KmsMasterKeyId: KEY,
      SubscriptionsConfirmed: '0',
    });
  });

  test('keeps a published message, and shows it with the addresses it would be mailed to', async () => {
    await topic();
    await subscribe();
    const { MessageId } = await publish({ Subject: 'Channel main', Message: 'It runs\nsince 9 hours' });
    expect(sns.messages(TOPIC)).toMatchObject([
      { messageId: MessageId, subject: 'Channel main', message: 'It runs\nsince 9 hours' },
    ]);
    expect(cloud.told).toEqual([
      'Channel main — It runs / since 9 hours (would be mailed to ops@example.com; nothing leaves this machine)',
    ]);
  });

  test('shows that a topic has no subscribers', async () => {
    await topic({ DisplayName: 'Live alerts' });
    await publish();
    expect(cloud.told).toEqual(['hello (nobody is subscribed to Live alerts)']);
  });

  test('lists its subscriptions, its own and those beside it', async () => {
    await topic({ Subscription: [{ Protocol: 'email-json', Endpoint: 'own@example.com' }] });
    const beside = await subscribe();
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
    expect(Subscriptions.map(({ Endpoint }) => Endpoint)).toEqual(['own@example.com', 'ops@example.com']);
    expect(Subscriptions[1]?.SubscriptionArn).toBe(beside.ref);
    await beside.delete();
    await publish();
    expect(cloud.told).toEqual(['hello (would be mailed to own@example.com; nothing leaves this machine)']);
  });

  test('is gone once it is deleted', async () => {
    const made = await topic();
    await made.delete();
    await expect(publish()).rejects.toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
    expect(sns.messages(TOPIC)).toEqual([]);
  });

  test('takes new properties in place', async () => {
    const before = { TopicName: 'alerts', Subscription: [{ Protocol: 'email', Endpoint: 'old@example.com' }] };
    const provider = sns.resources['AWS::SNS::Topic'];
    const request = {
      stackName: 'live',
      stackId: 'id',
      logicalId: 'Alerts',
      type: 'AWS::SNS::Topic',
      properties: before,
    };
    const state = await provider?.create(request);
    if (state === undefined) throw new Error('no provider');
    await subscribe();
    await publish();
    const after = { TopicName: 'alerts', Subscription: [{ Protocol: 'email', Endpoint: 'new@example.com' }] };
    expect(await provider?.update?.(state, { ...request, properties: after }, before)).toEqual(state);
    await publish();
    expect(cloud.told.at(-1)).toContain('mailed to ops@example.com, new@example.com;');
    expect(sns.messages(TOPIC)).toHaveLength(2);
    expect(provider?.replacedBy).toContain('TopicName');
  });

  test.each<[string, Properties, string]>([
    [
      'a key of the customer',
      { KmsMasterKeyId: 'alias/mine' },
      'KmsMasterKeyId: alias/mine is not modelled by the local run; it knows alias/aws/sns',
    ],
    ['a FIFO topic', { FifoTopic: true }, 'Alerts.FifoTopic is not modelled'],
    ['an archive', { ArchivePolicy: {} }, 'Alerts.ArchivePolicy is not modelled'],
    [
      'a queue in its subscriptions',
      { Subscription: [{ Protocol: 'sqs', Endpoint: 'arn' }] },
      'Protocol: sqs is not modelled',
    ],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(topic(properties)).rejects.toThrow(UnsupportedError);
    await expect(topic(properties)).rejects.toThrow(sentence);
  });
});

describe('a subscription', () => {
  test.each<[string, Properties, string]>([
    [
      'a function',
      { Protocol: 'lambda' },
      'Protocol: lambda is not modelled by the local run; it knows email, email-json',
    ],
    ['a filter', { FilterPolicy: {} }, 'Mail.FilterPolicy is not modelled'],
    ['what is no address', { Endpoint: 'ops' }, 'Endpoint: ops was given; an email address is needed'],
    ['a topic that is not there', { TopicArn: `${TOPIC}2` }, 'Topic does not exist'],
  ])('refuses %s', async (_, properties, sentence) => {
    await topic();
    await expect(subscribe(properties)).rejects.toThrow(sentence);
  });
});

describe('publishing', () => {
  test.each<[string, Partial<PublishCommandInput>, string, string]>([
    ['nothing', { Message: '' }, 'InvalidParameterException', 'Empty message'],
    ['too much', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException', 'Message too long'],
    ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException', 'Subject'],
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'InvalidParameterException', 'Subject'],
  ])('refuses %s', async (_, input, name, sentence) => {
    await topic();
    await expect(publish(input)).rejects.toMatchObject({ name, message: expect.stringContaining(sentence) });
  });

  test('refuses a role without a policy for the call', async () => {
    await topic();
    server.roleArn = await cloud.role('May', ['sns:Publish', TOPIC]);
    await publish();
    server.roleArn = await cloud.role('MayNot', ['sns:Publish', `${TOPIC}2`]);
    await expect(publish()).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining(`not authorized to perform: sns:Publish on resource: ${TOPIC}`),
    });
    expect(sns.messages(TOPIC)).toHaveLength(1);
  });
});

describe("a topic's policy", () => {
  const policyOf = (...Statement: Properties[]) =>
    cloud.create(sns, 'AWS::SNS::TopicPolicy', 'Policy', { Topics: [TOPIC], PolicyDocument: { Statement } });
  const everyone = { Principal: { AWS: '*' }, Action: 'sns:Publish', Resource: TOPIC };
  const insecure = { ...everyone, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

  test('that denies plain HTTP denies nothing in the local run', async () => {
    await topic();
    await policyOf(insecure);
    server.roleArn = await cloud.role('May', ['sns:*', '*']);
    await publish();
    expect(sns.messages(TOPIC)).toHaveLength(1);
  });

  test('denies a role that its own policies allow, until it is deleted', async () => {
    await topic();
    const policy = await policyOf({ ...everyone, Effect: 'Deny' });
    server.roleArn = await cloud.role('May', ['sns:*', '*']);
    await expect(publish()).rejects.toThrow('with an explicit deny in a resource-based policy');
    await policy.delete();
    await publish();
  });

  test('may allow a role that has no policy of its own', async () => {
    await topic();
    server.roleArn = await cloud.role('MayNothing');
    await policyOf({ ...everyone, Effect: 'Allow', Principal: { AWS: server.roleArn } });
    await publish();
  });

  test('refuses topics that do not exist', async () => {
    await expect(policyOf(insecure)).rejects.toThrow(`Topic does not exist: ${TOPIC}`);
  });
});

describe('the API of SNS', () => {
  test('refuses, by name, calls and parameters that are not modelled', async () => {
    const handler = sns.api['sns'];
    const ask = (body: string) =>
      handler?.({
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.from(body),
        roleArn: undefined,
      });
    await expect(ask('Action=CreateTopic&Name=x')).rejects.toThrow('SNS CreateTopic is not modelled by the local run');
    await expect(ask('Action=Publish&MessageAttributes.entry.1.Name=a')).rejects.toThrow(
      'MessageAttributes.entry.1.Name',
    );
    await expect(ask('Action=Publish&PhoneNumber=1&Message=x')).rejects.toThrow(
      'The parameter PhoneNumber is not modelled',
    );
  });
});
