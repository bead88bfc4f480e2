import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeChannelCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readable } from '../../lambda/shared/answer';
import { mayPass } from '../../lambda/shared/patience';

/** Next answer of the service; undefined breaks the connection. */
let next: { readonly status: number; readonly body: string; readonly type?: string } | undefined;
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (next === undefined) request.socket.destroy();
      else {
        const headers = next.type === undefined ? {} : { 'x-amzn-errortype': next.type };
        response.writeHead(next.status, headers).end(next.body);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** Returns the error that an answer of the service becomes. */
async function errorOf(answer: typeof next, from: 'MediaLive' | 'CloudFormation' = 'MediaLive'): Promise<Error> {
  next = answer;
  const settings = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const asking =
    from === 'MediaLive'
      ? new MediaLiveClient(settings).send(new DescribeChannelCommand({ ChannelId: '1' }))
      : new CloudFormationClient(settings).send(new DescribeStacksCommand({ StackName: 'live' }));
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => readable(from, thrown),
  );
  if (!(error instanceof Error)) throw new Error('The SDK took the answer');
  return error;
}

describe('what the SDK throws', () => {
  test.each([
    ['a broken connection', undefined, /^MediaLive could not be reached \(.+\)$/],
    ['a page of HTML', { status: 200, body: '<html>' }, /^MediaLive gave an answer that cannot be read .*200/],
    ['a page of HTML with an error', { status: 503, body: '<html>' }, /cannot be read \(HTTP status 503\)$/],
    ['nothing, with an error', { status: 500, body: '' }, /cannot be read \(HTTP status 500\)$/],
    ['null', { status: 200, body: 'null' }, /^MediaLive gave an answer that cannot be read/],
    ['half an answer', { status: 200, body: '{"state":"RUN' }, /^MediaLive gave an answer that cannot be read/],
  ])('for %s becomes a sentence, and may pass', async (_, answer, words) => {
    const error = await errorOf(answer);
    expect(error.message).toMatch(words);
    expect(mayPass(error)).toBe(true);
  });

  test.each([
    ['garbage', { status: 200, body: 'garbage' }],
    ['a page of HTML', { status: 502, body: '<html>bad gateway' }],
  ])('of CloudFormation for %s becomes a sentence, and may pass', async (_, answer) => {
    const error = await errorOf(answer, 'CloudFormation');
    expect(error.message).toMatch(/^CloudFormation gave an answer that cannot be read/);
    expect(mayPass(error)).toBe(true);
  });

  test.each([
    [404, 'NotFoundException', false],
    [409, 'ConflictException', false],
    [429, 'TooManyRequestsException', true],
    [503, 'ServiceUnavailableException', true],
  ])('for a refusal with %d stays as it is: %s, may pass: %s', async (status, type, passes) => {
    const error = await errorOf({ status, type, body: '{"message":"words of the service"}' });
    expect([error.name, error.message]).toEqual([type, 'words of the service']);
    expect(mayPass(error)).toBe(passes);
  });
});
