import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Properties, Value } from '../../src/contract';
import { cloudClock } from '../../src/host/clock';
import type { Keys } from '../../src/wire/credentials';
import { sent, signer, type WireRequest } from '../wire/wire';
import { LambdaBench, ROLE } from './lambda-bench';

let bench: LambdaBench;

beforeAll(async () => {
  bench = new LambdaBench();
  await bench.api.start();
});

afterAll(() => bench.close());

/** Sends what an SDK would, signed with the operator's keys. */
const call = (path: string, body?: string, headers: Readonly<Record<string, string>> = {}) =>
  signedCall(bench, bench.credentials.operator, path, { body, headers });

async function signedCall(
  { api }: LambdaBench,
  keys: Keys,
  path: string,
  { body, headers = {} }: { readonly body?: string | undefined; readonly headers?: Readonly<Record<string, string>> },
) {
  const request: WireRequest = {
    method: body === undefined ? 'GET' : 'POST',
    path: `/2015-03-31/functions/${path}`,
    service: 'lambda',
    ...(body === undefined ? {} : { body }),
    headers,
  };
  return sent(api.url, await signer(api.url, keys)(request));
}

const invoke = (name: string, event: Value, type = 'RequestResponse') =>
  call(`${encodeURIComponent(name)}/invocations`, JSON.stringify(event), { 'x-amz-invocation-type': type });

const echo = (FunctionName: string, source = 'exports.handler = async (event) => event') =>
  bench.create({ FunctionName, Code: { ZipFile: source } });

jest.setTimeout(120_000);

describe('the API of Lambda', () => {
  test('invokes by name and by ARN, and answers with what the function returns', async () => {
    const arn = await echo('echo');
    expect(await invoke('echo', { a: 1 })).toMatchObject({ status: 200, body: '{"a":1}' });
    expect(await invoke(arn, 7)).toMatchObject({ status: 200, body: '7' });
    expect((await invoke('echo:$LATEST', 7)).headers['x-amz-executed-version']).toBe('$LATEST');
  });

  test('gives an event without a body as an empty object', async () => {
    await echo('empty');
    expect((await call('empty/invocations', '')).body).toBe('{}');
  });

  test('answers 200 and a header when the function fails, as Lambda does', async () => {
    await echo('failing', 'exports.handler = async () => { throw new TypeError("not so"); }');
    const { status, headers, body } = await invoke('failing', {});
    expect([status, headers['x-amz-function-error']]).toEqual([200, 'Unhandled']);
    expect(JSON.parse(body)).toMatchObject({ errorType: 'TypeError', errorMessage: 'not so' });
  });

  test('takes an event at once, and runs it afterwards', async () => {
    await echo('later', 'exports.handler = async (event) => console.log("got", event.x)');
    expect(await invoke('later', { x: 'it' }, 'Event')).toMatchObject({ status: 202, body: '' });
    for (let tries = 0; tries < 100 && !bench.told.includes('got it'); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(bench.told).toContain('got it');
  });

  test('runs nothing when it is only asked whether it could', async () => {
    await echo('dry', 'exports.handler = async () => console.log("ran after all")');
    expect(await invoke('dry', {}, 'DryRun')).toMatchObject({ status: 204 });
    expect(bench.told).not.toContain('ran after all');
  });

  test('describes a function', async () => {
    const arn = await echo('described');
    const { body } = await call('described/configuration');
    expect(JSON.parse(body)).toMatchObject({
      FunctionName: 'described',
      FunctionArn: arn,
      State: 'Active',
      Role: ROLE,
    });
  });

  test.each([
    ['a function that is not there', 'ghost', '{}', {}, 404, 'ResourceNotFoundException', 'function:ghost'],
    ['a version', 'echo:3', '{}', {}, 404, 'ResourceNotFoundException', 'function:echo:3'],
    ['what is no JSON', 'echo', 'so', {}, 400, 'InvalidRequestContentException', 'parse request body into json'],
    [
      'another type',
      'echo',
      '{}',
      { 'x-amz-invocation-type': 'Maybe' },
      400,
      'InvalidParameterValueException',
      'Maybe',
    ],
    [
      'a client context',
      'echo',
      '{}',
      { 'x-amz-client-context': 'e30=' },
      501,
      'NotImplemented',
      'x-amz-client-context',
    ],
    ['the tail of the log', 'echo', '{}', { 'x-amz-log-type': 'Tail' }, 501, 'NotImplemented', 'LogType Tail'],
  ])('refuses %s', async (_, name, body, headers: Record<string, string>, status, code, sentence) => {
    const response = await call(`${name}/invocations`, body, headers);
    expect([response.status, response.headers['x-amzn-errortype']]).toEqual([status, code]);
    expect(response.body).toContain(sentence);
  });

  test('refuses, by name, calls and parameters that are not modelled', async () => {
    const response = await call('echo/aliases');
    expect(response.status).toBe(501);
    expect(response.body).toContain('GET /2015-03-31/functions/echo/aliases');
  });
});

describe('a role that calls the API of Lambda', () => {
  test('may invoke only what its policies allow', async () => {
    const asked: string[] = [];
    const careful = new LambdaBench({
      access: {
        roleAllows: (role, { action, resource }) => {
          asked.push(`${role} ${action} ${resource}`);
          return false;
        },
      },
    });
    await careful.api.start();
    const keys = careful.credentials.issue(ROLE);
    const { status, body } = await signedCall(careful, keys, 'any/invocations', { body: '{}' });
    expect(status).toBe(403);
    expect(body).toContain('is not authorized to perform: lambda:InvokeFunction');
    expect(asked).toEqual([`${ROLE} lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:any`]);
    await careful.close();
  });
});

describe('how a function is invoked as an event', () => {
  const config = (properties: Properties) => ({
    stackName: 'Live',
    stackId: 'stack-id',
    logicalId: 'Config',
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: { FunctionName: 'once', Qualifier: '$LATEST', ...properties },
  });
  const provider = () => bench.lambda.resources['AWS::Lambda::EventInvokeConfig'];
  const tries = async () => {
    const before = bench.told.split('tried').length;
    await bench.lambda.invokeAsync('once', {});
    return bench.told.split('tried').length - before;
  };

  test('is tried again as often as its configuration says, until that is deleted', async () => {
    await echo('once', 'exports.handler = async () => { console.log("tried"); throw 1; }');
    const state = await provider()?.create(config({ MaximumRetryAttempts: 0 }));
    if (state === undefined) throw new Error('no provider');
    expect(await tries()).toBe(1);
    await provider()?.update?.(state, config({ MaximumRetryAttempts: '1' }), {});
    expect(await tries()).toBe(2);
    await provider()?.delete(state, config({}));
    expect(await tries()).toBe(3);
  });

  const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
  const toTopic = { DestinationConfig: { OnFailure: { Destination: TOPIC } } };

  test('tells a topic of an event that it has given up, and the screen', async () => {
    await echo('fails', 'exports.handler = async () => { throw new Error("no") }');
    await provider()?.create(config({ FunctionName: 'fails', MaximumRetryAttempts: 1, ...toTopic }));
    await bench.lambda.invokeAsync('fails', { a: 1 });
    const [[topic, record] = []] = bench.published.map((line) => [
      line.slice(0, TOPIC.length),
      line.slice(TOPIC.length),
    ]);
    expect(topic).toBe(TOPIC);
    expect(JSON.parse(record ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { a: 1 },
      responsePayload: { errorMessage: 'no' },
    });
    expect(bench.told).toContain('an event is given up after 2 invocation(s) (RetriesExhausted)');
  });

  test('says on the screen that a function died, each time that it does', async () => {
    await echo('dies', 'exports.handler = async () => process.kill(process.pid, "SIGKILL")');
    await provider()?.create(config({ FunctionName: 'dies', MaximumRetryAttempts: 0 }));
    await bench.lambda.invokeAsync('dies', {});
    expect(bench.told).toContain('Runtime exited with error: signal: SIGKILL');
    expect(bench.told).toContain('an event is given up after 1 invocation(s) (RetriesExhausted)');
  });

  test('tells a function of it', async () => {
    await echo('hears', 'exports.handler = async (event) => console.log("heard", event.requestPayload.a)');
    const hears = 'arn:aws:lambda:eu-west-1:111122223333:function:hears';
    await echo('sends', 'exports.handler = async () => { throw 1 }');
    await provider()?.create(
      config({
        FunctionName: 'sends',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: hears } },
      }),
    );
    await bench.lambda.invokeAsync('sends', { a: 7 });
    for (let waited = 0; waited < 1000 && !bench.told.includes('heard 7'); waited += 1) await delay(100);
    expect(bench.told).toContain('heard 7');
  });

  test('is not tried again when it is too old, and the destination is told why', async () => {
    // At this speed a minute is over before a process can have started.
    const slow = new LambdaBench({ clock: cloudClock(3600) });
    await slow.api.start();
    await slow.create({ FunctionName: 'once', Code: { ZipFile: 'exports.handler = async () => { throw 1 }' } });
    await slow.lambda.resources['AWS::Lambda::EventInvokeConfig']?.create(
      config({ MaximumEventAgeInSeconds: 60, ...toTopic }),
    );
    await slow.lambda.invokeAsync('once', {});
    expect(slow.published.join()).toContain('"condition":"EventAgeExceeded","approximateInvokeCount":1');
    await slow.close();
  });

  test('refuses a destination that the role of the function may not tell', async () => {
    const careful = new LambdaBench({ access: { roleAllows: (_, { action }) => action !== 'sns:Publish' } });
    await careful.create({ FunctionName: 'once', Code: { ZipFile: '' } });
    await expect(careful.lambda.resources['AWS::Lambda::EventInvokeConfig']?.create(config(toTopic))).rejects.toThrow(
      `does not have permissions to call sns:Publish on ${TOPIC}`,
    );
    await careful.close();
  });

  test.each([
    [
      'a queue as destination',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:queue' } } },
      'it knows the ARN of a topic or of a function',
    ],
    ['a destination for what succeeds', { DestinationConfig: { OnSuccess: {} } }, 'OnSuccess is not modelled'],
    ['an alias', { Qualifier: 'live' }, 'Qualifier: live is not modelled'],
    ['three retries', { MaximumRetryAttempts: 3 }, 'a whole number from 0 to 2'],
    ['a function that is not there', { FunctionName: 'nobody' }, 'Function not found: nobody'],
  ])('refuses %s', async (_, properties: Properties, sentence) => {
    await expect(provider()?.create(config(properties))).rejects.toThrow(sentence);
  });
});
