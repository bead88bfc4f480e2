import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { AccessRequest, Properties } from '../../../src/contract';
import { Iam } from '../../../src/services/iam/iam';
import { FILE, Trial } from '../control-plane-fixture';
import { channel, request } from '../fixture';

const CHANNELS = 'arn:aws:medialive:eu-west-1:111122223333:channel:*';
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/live/1';

const ITS_CHANNELS = {
  Effect: 'Allow',
  Action: ['medialive:DescribeChannel', 'medialive:ListAlerts', 'medialive:CreateTags', 'medialive:DeleteTags'],
  Resource: CHANNELS,
  Condition: { StringEquals: { 'aws:ResourceTag/live-streaming:stack': STACK } },
};

let trial: Trial;
let iam: Iam;
let role: string;

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  iam = new Iam({ partition: 'aws', accountId: '111122223333', tell: () => {} });
  role = await withPolicy(ITS_CHANNELS, { Effect: 'Allow', Action: 'medialive:ListAlerts', Resource: '*' });
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

describe('a role that may do something with the channels of its stack', () => {
  test('describes them, lists their alerts and tags them', async () => {
    const id = await made({ 'live-streaming:stack': STACK });
    expect(await status('GET', `/prod/channels/${id}`)).toBe(200);
    expect(await status('GET', `/prod/channels/${id}/alerts`)).toBe(200);
    const tags = `/prod/tags/${encodeURIComponent(CHANNELS.replace('*', id))}`;
    expect(await status('POST', tags, { tags: { 'live-streaming:resume': 'x' } })).toBe(204);
    expect(await status('DELETE', `${tags}?tagKeys=live-streaming:resume`)).toBe(204);
    expect(await status('POST', `/prod/channels/${id}/stop`)).toBe(403);
  });

  test('lists no alerts by a grant on channels, of which the action knows nothing', async () => {
    const id = await made({ 'live-streaming:stack': STACK });
    role = await withPolicy(ITS_CHANNELS);
    expect(await status('GET', `/prod/channels/${id}`)).toBe(200);
    expect(await status('GET', `/prod/channels/${id}/alerts`)).toBe(403);
  });

  test('writes and removes the tags alone that it may', async () => {
    const id = await made({ 'live-streaming:stack': STACK });
    role = await withPolicy({
      Effect: 'Allow',
      Action: ['medialive:CreateTags', 'medialive:DeleteTags'],
      Resource: CHANNELS,
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['live-streaming:resume'] } },
    });
    const tags = `/prod/tags/${encodeURIComponent(CHANNELS.replace('*', id))}`;
    expect(await status('POST', tags, { tags: { 'live-streaming:resume': 'x' } })).toBe(204);
    expect(await status('POST', tags, { tags: { 'live-streaming:resume': 'x', other: 'y' } })).toBe(403);
    expect(await status('DELETE', `${tags}?tagKeys=live-streaming:stack`)).toBe(403);
    expect(await status('DELETE', `${tags}?tagKeys=live-streaming:resume`)).toBe(204);
  });

  test.each<readonly [string, Properties]>([
    ['of another stack', { 'live-streaming:stack': `${STACK}2` }],
    ['without a stack', { stage: 'test' }],
    ['without tags', {}],
  ])('refuses a channel %s', async (_what, tags) => {
    const id = await made(tags);
    expect(await status('GET', `/prod/channels/${id}`)).toBe(403);
    expect(await status('POST', `/prod/tags/${CHANNELS.replace('*', id)}`, { tags: { a: '' } })).toBe(403);
  });
});

async function made(Tags: Properties): Promise<string> {
  const input = await trial.create('Input', FILE);
  return (await trial.create('Channel', channel(input.physicalId, { Tags }))).physicalId;
}

async function withPolicy(...statements: readonly Properties[]): Promise<string> {
  const policy = (...Statement: readonly Properties[]) => ({ Version: '2012-10-17', Statement });
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const inline = [{ PolicyName: 'channels', PolicyDocument: policy(...statements) }];
  const properties = { AssumeRolePolicyDocument: policy(trust), Policies: inline };
  const made = await iam.resources['AWS::IAM::Role']?.create(request('AWS::IAM::Role', properties));
  return String(made?.attributes['Arn']);
}

/** Asks the API as the role, judged by IAM itself. */
async function status(method: string, path: string, body?: unknown): Promise<number> {
  const url = new URL(`http://medialive${path}`);
  trial.cloud.access.roleAllows = (roleArn: string, asked: AccessRequest) => iam.roleAllows(roleArn, asked);
  const answer = await trial.plane.api({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {},
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    roleArn: role,
  });
  return answer.status;
}
