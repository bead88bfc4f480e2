import { describe, expect, test } from '@jest/globals';
import type { Value } from '../../../src/contract';
import { urlAnswer } from '../../../src/services/lambda/url/url-answer';

const BAD_GATEWAY = { status: 502, body: 'Internal Server Error' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the answer of a function URL', () => {
  test.each<[string, Value, object]>([
    ['an object', { a: 1 }, { status: 200, headers: JSON_TYPE, body: '{"a":1}' }],
    ['a string', 'hello', { status: 200, headers: JSON_TYPE, body: 'hello' }],
    ['null', null, { status: 200, headers: JSON_TYPE, body: 'null' }],
    ['a status alone', { statusCode: 204 }, { status: 204, headers: JSON_TYPE, body: '' }],
    [
      'headers and cookies',
      { statusCode: 201, headers: { 'X-A': 1, 'Content-Type': 'text/plain' }, cookies: ['a=1', 'b=2'], body: 'made' },
      {
        status: 201,
        headers: { 'x-a': '1', 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] },
        body: 'made',
      },
    ],
    [
      'a body in base64',
      { statusCode: 200, body: 'YWJj', isBase64Encoded: true },
      { status: 200, body: Buffer.from('abc') },
    ],
    ['headers of the connection', { statusCode: 200, headers: { 'Content-Length': 5 } }, { headers: JSON_TYPE }],
    ['a status that is none', { statusCode: 'ok' }, BAD_GATEWAY],
    ['a body that is not a string', { statusCode: 200, body: { a: 1 } }, BAD_GATEWAY],
    ['more than 6 MB', 'x'.repeat(6 * 1024 * 1024 + 1), BAD_GATEWAY],
  ])('to %s', (_, payload, expected) => {
    expect(urlAnswer({ payload })).toMatchObject(expected);
  });

  test('to a function that fails is a 502 without its message', () => {
    const functionError = { errorType: 'Error', errorMessage: 'inside' };
    expect(urlAnswer({ functionError })).toMatchObject(BAD_GATEWAY);
  });
});
