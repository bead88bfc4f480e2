import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { awsService } from '../../../bin/live/aws-service';
import { failureOf } from '../../../bin/live/errors';
import type { LiveService } from '../../../bin/live/service';

const NAMESPACE = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';

function resource(logicalId: string, physicalId: string, type: string, status = 'CREATE_COMPLETE'): string {
  const id = physicalId === '' ? '' : `<PhysicalResourceId>${physicalId}</PhysicalResourceId>`;
  return `<member><LogicalResourceId>${logicalId}</LogicalResourceId>${id}<ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus></member>`;
}

function resources(members: string, next = ''): string {
  const token = next === '' ? '' : `<NextToken>${next}</NextToken>`;
  return `<ListStackResourcesResponse ${NAMESPACE}><ListStackResourcesResult><StackResourceSummaries>${members}</StackResourceSummaries>${token}</ListStackResourcesResult></ListStackResourcesResponse>`;
}

/** Answers of the services, by method and path; those of CloudFormation by action and token. */
const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  'DescribeStacks live-streaming': [
    200,
    `<DescribeStacksResponse ${NAMESPACE}><DescribeStacksResult><Stacks><member><StackName>live-streaming</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs><member><OutputKey>PlayerUrl</OutputKey><OutputValue>https://edge/</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ],
  'DescribeStacks other': [
    400,
    `<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id other does not exist</Message></Error></ErrorResponse>`,
  ],
  'ListStackResources live-streaming': [
    200,
    resources(
      resource('A', '11', 'AWS::MediaLive::Channel') +
        resource('Input', '12', 'AWS::MediaLive::Input') +
        resource('Gone', '13', 'AWS::MediaLive::Channel', 'DELETE_COMPLETE') +
        resource('Coming', '', 'AWS::MediaLive::Channel', 'CREATE_IN_PROGRESS'),
      'more',
    ),
  ],
  'ListStackResources live-streaming more': [
    200,
    resources(resource('B', 'arn:aws:medialive:us-east-1:1:channel:14', 'AWS::MediaLive::Channel')),
  ],
  'GET /prod/channels/11': [
    200,
    JSON.stringify({
      state: 'RUNNING',
      name: 'live-streaming-stage',
      tags: { a: 'b' },
      pipelinesRunningCount: 2,
      inputAttachments: [{ inputAttachmentName: 'venue', inputId: '12' }, { inputId: '13' }],
    }),
  ],
  'GET /prod/channels/98': [200, JSON.stringify({ state: 'DELETED', name: 'live-streaming-stage' })],
  'GET /prod/channels/98/alerts?stateFilter=SET': [404, JSON.stringify({ message: 'channel 98 not found' })],
  'GET /prod/channels/99': [404, JSON.stringify({ message: 'No channel 99' })],
  'GET /prod/channels/11/alerts?stateFilter=SET': [
    200,
    JSON.stringify({
      alerts: [{ alertType: 'A', message: 'a', pipelineId: '0', state: 'SET', setTimestamp: '2026-11-24T11:00:00Z' }],
      nextToken: 'more',
    }),
  ],
  'GET /prod/channels/11/alerts?nextToken=more&stateFilter=SET': [
    200,
    JSON.stringify({ alerts: [{ alertType: 'B' }] }),
  ],
  'GET /prod/channels/11/alerts?stateFilter=CLEARED': [
    200,
    JSON.stringify({ alerts: [{ alertType: 'C', state: 'CLEARED', clearedTimestamp: '2026-11-24T11:30:00Z' }] }),
  ],
  'POST /prod/channels/11/start': [200, '{}'],
  'POST /prod/channels/11/stop': [409, JSON.stringify({ message: 'Busy' })],
};

const ERRORS: Readonly<Record<number, string>> = { 404: 'NotFoundException', 409: 'ConflictException' };

describe('CloudFormation and MediaLive at an endpoint', () => {
  let server: Server;
  let endpoint: string;
  let service: LiveService;

  beforeEach(async () => {
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const form = new URLSearchParams(body);
      const url = new URL(request.url ?? '/', 'http://local');
      url.searchParams.sort();
      const key = form.has('Action')
        ? ['Action', 'StackName', 'NextToken'].flatMap((name) => form.get(name) ?? []).join(' ')
        : `${request.method} ${url.pathname}${url.search}`;
      const [status, answer] = ANSWERS[key] ?? [400, `The test has no answer to ${key}`];
      response.writeHead(status, { 'x-amzn-errortype': ERRORS[status] ?? '' }).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    service = awsService({ region: undefined, endpoint });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const failed = (call: Promise<unknown>) =>
    call.then(
      () => 'nothing',
      (error: unknown) => failureOf(error, { stack: 'other', region: undefined, endpoint }).message,
    );

  test('give the state of a stack and its Outputs', async () => {
    expect(await service.stack('live-streaming')).toEqual({
      name: 'live-streaming',
      status: 'UPDATE_COMPLETE',
      outputs: { PlayerUrl: 'https://edge/' },
    });
  });

  test('say in a sentence that the stack does not exist', async () => {
    expect(await failed(service.stack('other'))).toContain('There is no stack "other" in the local run');
  });

  test('give the channels of all pages, without deleted ones and those still being created', async () => {
    expect(await service.channels('live-streaming')).toEqual([
      { logicalId: 'A', channelId: '11' },
      { logicalId: 'B', channelId: '14' },
    ]);
  });

  test('give a channel, and undefined for an unknown one', async () => {
    expect(await service.look('11')).toEqual({
      state: 'RUNNING',
      name: 'live-streaming-stage',
      tags: { a: 'b' },
      pipelinesRunning: 2,
      inputs: ['venue', '13'],
    });
    expect(await service.look('99')).toBeUndefined();
    expect(await service.look('98')).toBeUndefined();
    expect(await service.alerts('98', 'SET')).toEqual([]);
  });

  test('give the alerts of all pages that are set, and the cleared ones when asked', async () => {
    const set = await service.alerts('11', 'SET');
    expect(set.map(({ type }) => type)).toEqual(['A', 'B']);
    expect(set[0]).toMatchObject({
      message: 'a',
      pipeline: '0',
      state: 'SET',
      setAt: Date.parse('2026-11-24T11:00:00Z'),
    });
    const all = await service.alerts('11', 'ALL');
    expect(all.map(({ type }) => type)).toEqual(['A', 'B', 'C']);
    expect(all[2]).toMatchObject({ state: 'CLEARED', clearedAt: Date.parse('2026-11-24T11:30:00Z') });
  });

  test('start a channel, and reject a second start with a conflict', async () => {
    await service.start('11');
    await expect(service.stop('11')).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('say in a sentence that no local run answers', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await failed(awsService({ region: undefined, endpoint }).stack('live-streaming'))).toBe(
      `No local run answers at ${endpoint}; npm start or npm run local starts one.`,
    );
  });
});
