import { describe, expect, test } from '@jest/globals';
import { readResponse } from '../../src/cloudformation/custom-resource-response';

const IDENTITY = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Run' };
const GOOD = { ...IDENTITY, Status: 'SUCCESS', PhysicalResourceId: 'main' };

function read(response: unknown) {
  return readResponse(Buffer.from(typeof response === 'string' ? response : JSON.stringify(response)), IDENTITY);
}

describe('the response of a custom resource', () => {
  test.each([
    ['may have no data', GOOD, {}],
    ['may have data', { ...GOOD, Data: { Url: 'rtmp://x' } }, { Url: 'rtmp://x' }],
    ['may ask for its data to be masked', { ...GOOD, NoEcho: true, Data: { Key: 'k' } }, { Key: 'k' }],
    ['may give a reason for success', { ...GOOD, Reason: 'fine' }, {}],
  ])('%s', (_, response, data) => {
    expect(read(response)).toEqual({ status: 'success', physicalId: 'main', data });
  });

  test("fails the resource in CloudFormation's words", () => {
    expect(read({ ...GOOD, Status: 'FAILED', Reason: 'channel is in use' })).toEqual({
      status: 'failed',
      physicalId: 'main',
      reason:
        'Received response status [FAILED] from custom resource. Message returned: channel is in use (RequestId: request)',
    });
  });

  test('may have up to 4096 bytes', () => {
    const response = JSON.stringify({ ...GOOD, Data: { Text: '' } });
    const room = 4096 - response.length;
    expect(read(response.replace('""', `"${'x'.repeat(room)}"`))).toMatchObject({ status: 'success' });
    expect(read(response.replace('""', `"${'x'.repeat(room + 1)}"`))).toEqual({
      status: 'failed',
      reason: 'Response object is too long.',
      physicalId: undefined,
    });
  });

  test.each([
    ['no JSON', 'hello', /it is not a JSON object/],
    ['a list', [], /it is not a JSON object/],
    ['no physical id', { ...GOOD, PhysicalResourceId: undefined }, /^Invalid PhysicalResourceId$/],
    [
      'no physical id, keeping its reason',
      { ...GOOD, PhysicalResourceId: '', Reason: 'oh' },
      /^Invalid PhysicalResourceId \(the response said: oh\)/,
    ],
    ['a physical id of more than 1 KB', { ...GOOD, PhysicalResourceId: 'x'.repeat(1025) }, /longer than 1024 bytes/],
    ['another stack', { ...GOOD, StackId: 'other' }, /StackId must be "stack" as in the request, not "other"/],
    [
      'another request',
      { ...GOOD, RequestId: undefined },
      /RequestId must be "request" as in the request, not undefined/,
    ],
    ['another resource', { ...GOOD, LogicalResourceId: 'run' }, /LogicalResourceId must be "Run"/],
    ['an unknown status', { ...GOOD, Status: 'OK' }, /Status must be SUCCESS or FAILED, not "OK"/],
    ['a failure without a reason', { ...GOOD, Status: 'FAILED' }, /a FAILED response needs a Reason/],
    ['NoEcho as text', { ...GOOD, NoEcho: 'true' }, /NoEcho must be true or false/],
    ['data that is no object', { ...GOOD, Data: 'x' }, /Data must be an object/],
  ])('refuses %s', (_, response, reason) => {
    expect(read(response)).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) });
  });
});
