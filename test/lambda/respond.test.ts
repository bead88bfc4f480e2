import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { type CustomResourceHandler, customResource, putOverHttp } from '../../lambda/shared/custom-resource/respond';

let server: Server;
let received: { method: string | undefined; contentType: string | undefined; body: Record<string, unknown> }[];
let refusals: number;
/** How many requests are taken and never answered. */
let silences: number;

beforeEach(async () => {
  received = [];
  refusals = 0;
  silences = 0;
  server = createServer((request, answer) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      if (silences > 0) {
        silences -= 1;
        return;
      }
      if (refusals > 0) {
        refusals -= 1;
        answer.writeHead(503).end();
        return;
      }
      received.push({
        method: request.method,
        contentType: request.headers['content-type'],
        body: JSON.parse(text) as Record<string, unknown>,
      });
      answer.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const handler: CustomResourceHandler = {
  physicalId: () => 'the-id',
  handle: async () => ({ physicalId: 'the-id', attributes: { Answer: '42' } }),
};

function event(requestType: 'Create' | 'Update' | 'Delete', rest: object = {}): CloudFormationCustomResourceEvent {
  return {
    RequestType: requestType,
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Logical',
    ResourceType: 'Custom::Thing',
    ResourceProperties: { ServiceToken: 'x' },
    ...(requestType === 'Create' ? {} : { PhysicalResourceId: 'the-id' }),
    ...rest,
  } as CloudFormationCustomResourceEvent;
}

function context(milliseconds = 60_000): Context {
  return { getRemainingTimeInMillis: () => milliseconds } as Context;
}

describe('the custom resource protocol', () => {
  test('answers success once, with the attributes, before the handler returns', async () => {
    await customResource(handler)(event('Create'), context());
    expect(received).toEqual([
      {
        method: 'PUT',
        contentType: '',
        body: {
          Status: 'SUCCESS',
          PhysicalResourceId: 'the-id',
          Data: { Answer: '42' },
          StackId: 'stack',
          RequestId: 'request',
          LogicalResourceId: 'Logical',
        },
      },
    ]);
  });

  test('answers a failure with the message of the service and the id that a rollback will ask for', async () => {
    const notFound = Object.assign(new Error('Channel not found'), { name: 'NotFoundException' });
    const failing = { ...handler, handle: () => Promise.reject(notFound) };
    await customResource(failing)(event('Create'), context());
    expect(received.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        PhysicalResourceId: 'the-id',
        Reason: 'NotFoundException: Channel not found',
      }),
    ]);
  });

  test('keeps the id of a resource whose update failed', async () => {
    const failing = { physicalId: () => 'another', handle: () => Promise.reject(new Error('no')) };
    await customResource(failing)(event('Update', { PhysicalResourceId: 'known' }), context());
    expect(received[0]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'known' });
  });

  test('answers before Lambda ends the function, when the work takes too long', async () => {
    const endless = { ...handler, handle: () => new Promise<never>(() => {}) };
    await customResource(endless)(event('Create'), context(400));
    expect(received[0]?.body).toMatchObject({
      Status: 'FAILED',
      Reason: 'The work was not done within the time that the function has',
    });
  });

  test('tries again when the response is not taken', async () => {
    refusals = 1;
    await customResource(handler)(event('Create'), context());
    expect(received).toHaveLength(1);
  });

  test('tries again when nobody answers', async () => {
    silences = 2;
    await customResource(handler, putOverHttp(100))(event('Create'), context());
    expect(received).toHaveLength(1);
  });

  test('says in a sentence that the function has a mistake', async () => {
    const mistaken = { ...handler, handle: () => Promise.reject(new TypeError('x is not a function')) };
    await customResource(mistaken)(event('Create'), context());
    expect(received[0]?.body['Reason']).toBe(
      'The function failed because of a mistake in it; its log has the details. It says: x is not a function',
    );
  });

  test.each([
    ['wide characters', '\u{1F4FA}'],
    ['characters that are escaped', '\u0001'],
  ])('keeps a response of %s below the 4,096 bytes that CloudFormation takes', async (_, character) => {
    const wordy = { ...handler, handle: () => Promise.reject(new Error(character.repeat(1000))) };
    await customResource(wordy)(event('Create'), context());
    expect(Buffer.byteLength(JSON.stringify(received[0]?.body))).toBeLessThanOrEqual(4096);
    expect(String(received[0]?.body['Reason'])).toMatch(/…$/);
  });

  test('fails with a sentence when the attributes are too long', async () => {
    const attributes = { Long: 'x'.repeat(5000) };
    const wordy = { ...handler, handle: async () => ({ physicalId: 'the-id', attributes }) };
    await customResource(wordy)(event('Create'), context());
    expect(received[0]?.body).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'the-id',
      Reason: expect.stringMatching(/^The attributes of the resource make a response of 5\d+ bytes/),
    });
  });

  test('keeps a response below the 4,096 bytes that CloudFormation takes', async () => {
    const wordy = { ...handler, handle: () => Promise.reject(new Error('x'.repeat(9000))) };
    await customResource(wordy)(event('Create'), context());
    expect(JSON.stringify(received[0]?.body).length).toBeLessThan(4096);
  });
});
