import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../src/api-server';
import type { Properties } from '../../src/contract';
import { Iam } from '../../src/services/iam/iam';
import { Logs } from '../../src/services/logs/logs';
import { Credentials } from '../../src/wire/credentials';
import { quietCloud } from '../cloudformation/quiet-cloud';

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/live';
const ROLE = 'arn:aws:iam::111122223333:role/stranger';
const EVENT = { source: 'aws.medialive', detail: { state: 'RUNNING' } };

let now: number;
let iam: Iam;
let logs: Logs;
let server: ApiServer;
let credentials: Credentials;

beforeEach(async () => {
  now = 1000;
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
  iam = new Iam({ ...place, tell: () => {} });
  const cloud = quietCloud({ ...place, access: iam, clock: { now: () => now, speed: 1 } });
  logs = new Logs(cloud);
  credentials = new Credentials();
  server = new ApiServer(cloud, { services: [logs], credentials, responses: { receive: () => ({ status: 200 }) } });
  await server.start();
});

afterEach(() => server.stop());

function create(type: string, properties: Properties) {
  const provider = logs.resources[type];
  if (provider === undefined) throw new Error(`no provider for ${type}`);
  return provider.create({ stackName: 'live', stackId: 'arn:stack', logicalId: 'It', type, properties });
}

const group = (LogGroupName = '/aws/events/live') => create('AWS::Logs::LogGroup', { LogGroupName });
const policy = (actions: readonly string[], Service = 'events.amazonaws.com', Resource = `${GROUP}:*`) =>
  create('AWS::Logs::ResourcePolicy', {
    PolicyName: 'history',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: [Service] }, Action: actions, Resource }],
    }),
  });
const BOTH = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function client(keys: object = credentials.operator): CloudWatchLogsClient {
  const settings = { endpoint: server.url, region: 'eu-west-1', maxAttempts: 1 };
  return new CloudWatchLogsClient({
    ...settings,
    credentials: keys as { accessKeyId: string; secretAccessKey: string },
  });
}

describe('a log group that EventBridge writes to', () => {
  test('keeps events in order, and gives them in pages to who asks for a time', async () => {
    await group();
    await policy(BOTH);
    for (now of [1000, 3000, 2000]) expect(logs.write(GROUP, { ...EVENT, at: now })).toBeUndefined();
    const input = { logGroupName: '/aws/events/live', startTime: 1500, limit: 1 };
    const first = await client().send(new FilterLogEventsCommand(input));
    expect(first.events?.map(({ timestamp }) => timestamp)).toEqual([2000]);
    const second = await client().send(new FilterLogEventsCommand({ ...input, nextToken: first.nextToken }));
    expect(second.events?.map(({ message }) => JSON.parse(message ?? '').at)).toEqual([3000]);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([
    ['without a policy', async () => {}],
    ['with a policy that allows half of it', () => policy(['logs:PutLogEvents'])],
    ['with a policy for another service', () => policy(BOTH, 'lambda.amazonaws.com')],
    ['with a policy for another group', () => policy(BOTH, 'events.amazonaws.com', `${GROUP}-other:*`)],
  ])('gets nothing %s, and the run says so', async (_, prepare) => {
    await group();
    await prepare();
    expect(logs.write(GROUP, EVENT)).toContain('no AWS::Logs::ResourcePolicy lets events.amazonaws.com write to');
  });

  test('must have a name that EventBridge writes to', async () => {
    await group('/live');
    await policy(BOTH, 'events.amazonaws.com', '*');
    expect(logs.write('arn:aws:logs:eu-west-1:111122223333:log-group:/live', EVENT)).toContain('/aws/events/');
  });

  test('is not shown to a role without the permission, nor when there is none', async () => {
    await group();
    const stranger = client(credentials.issue(ROLE)).send(
      new FilterLogEventsCommand({ logGroupName: '/aws/events/live' }),
    );
    await expect(stranger).rejects.toThrow('is not authorized to perform: logs:FilterLogEvents');
    const missing = client().send(new FilterLogEventsCommand({ logGroupName: '/aws/events/other' }));
    await expect(missing).rejects.toThrow('The specified log group does not exist.');
  });
});

describe('the lines of a function', () => {
  const line = { group: '/live', stream: '2026/11/29/[$LATEST]1', message: 'said' };

  async function role(actions: readonly string[]): Promise<string> {
    const { create } = iam.resources['AWS::IAM::Role'] ?? {};
    if (create === undefined) throw new Error('no provider for roles');
    const Statement = [
      { Effect: 'Allow', Action: actions, Resource: `${GROUP.replace('/aws/events/live', '/live')}:*` },
    ];
    const properties = {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement } }],
    };
    const made = await create({
      stackName: 'live',
      stackId: 'arn:stack',
      logicalId: 'Role',
      type: 'AWS::IAM::Role',
      properties,
    });
    return String(made.attributes['Arn']);
  }

  test('are kept where its role may write them, and dropped silently elsewhere', async () => {
    await group('/live');
    logs.keep({ ...line, roleArn: await role(BOTH) });
    logs.keep({ ...line, roleArn: await role(BOTH), group: '/other' });
    logs.keep({ ...line, roleArn: await role(['logs:CreateLogStream']) });
    const { events = [] } = await client().send(new FilterLogEventsCommand({ logGroupName: '/live' }));
    expect(events).toEqual([expect.objectContaining({ message: 'said', logStreamName: line.stream, timestamp: 1000 })]);
  });
});

test('a resource policy that is no JSON is refused', async () => {
  await expect(create('AWS::Logs::ResourcePolicy', { PolicyName: 'history', PolicyDocument: 'Allow' })).rejects.toThrow(
    'PolicyDocument: a policy in JSON is needed',
  );
});

test('an eleventh resource policy is refused, as in every Region of an account', async () => {
  const put = (PolicyName: string) => create('AWS::Logs::ResourcePolicy', { PolicyName, PolicyDocument: '{}' });
  for (let index = 0; index < 10; index++) await put(`history-${index}`);
  await put('history-0');
  await expect(put('history-10')).rejects.toThrow('Resource limit exceeded');
});
