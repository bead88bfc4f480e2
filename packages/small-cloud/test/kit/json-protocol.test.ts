import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../src/services/kit/aws-error';
import { jsonHandler } from '../../src/services/kit/json-protocol';

const handler = jsonHandler({
  name: 'Test',
  target: 'AmazonTest',
  operations: {
    Say: (input) => ({ Said: input.text('Word') }),
    Fail: () => {
      throw new AwsError('NotThere', 'There is no such thing', 404);
    },
  },
});

function ask(target: string | undefined, body: string) {
  const headers = { 'x-amz-target': target };
  const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers, roleArn: undefined };
  return handler({ ...request, body: Buffer.from(body) });
}

describe('a handler of the JSON protocol', () => {
  test('answers an operation with its output', async () => {
    const { status, headers, body } = await ask('AmazonTest.Say', '{ "Word": "on" }');
    expect({ status, type: headers?.['content-type'], body }).toEqual({
      status: 200,
      type: 'application/x-amz-json-1.1',
      body: '{"Said":"on"}',
    });
  });

  test.each([
    ['an error of the operation', 'Fail', '', 404, 'NotThere', 'There is no such thing'],
    ['input without a required member', 'Say', '', 400, 'ValidationException', 'Say.Word is missing'],
    ['a body that is not JSON', 'Say', '{', 400, 'SerializationException', 'The body of the request is not JSON'],
  ])('answers %s with its code', async (_, operation, body, status, code, sentence) => {
    const answer = await ask(`AmazonTest.${operation}`, body);
    expect(answer.status).toBe(status);
    expect(answer.headers?.['x-amzn-errortype']).toBe(code);
    expect(JSON.parse(String(answer.body)).message).toContain(sentence);
  });

  test('refuses an operation that it does not know, by name', async () => {
    await expect(ask('AmazonTest.toString', '')).rejects.toThrow('Test toString is not modelled by the local run');
    await expect(ask(undefined, '')).rejects.toThrow('Test (no X-Amz-Target) is not modelled by the local run');
  });
});
