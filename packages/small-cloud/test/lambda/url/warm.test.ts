import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LocalNames } from '../../../src/wire/local-names';
import { LambdaBench } from '../lambda-bench';
import { askUrl, type UrlAnswer } from './ask-url';

let bench: LambdaBench;
let names: LocalNames;

beforeAll(async () => {
  names = new LocalNames();
  bench = new LambdaBench({ names });
  await bench.api.start();
});

afterAll(() => bench.close());

/** Makes a function with a URL. The result asks it. */
async function served(ZipFile: string, properties = {}) {
  const TargetFunctionArn = await bench.create({ Code: { ZipFile }, ...properties });
  const type = 'AWS::Lambda::Url';
  const request = { stackName: 'Live', stackId: 'id', logicalId: 'Url', type };
  const state = await bench.lambda.resources[type]?.create({
    ...request,
    properties: { TargetFunctionArn, AuthType: 'NONE' },
  });
  const { hostname } = new URL(String(state?.attributes['FunctionUrl']));
  const ask = (path = '/'): Promise<UrlAnswer> => askUrl(String(names.resolve(hostname)), hostname, { path });
  return { ask, arn: TargetFunctionArn };
}

const COUNTER = 'let calls = 0; exports.handler = async () => ++calls;';

describe('a function behind a URL', () => {
  test('keeps what its module knows for the next request', async () => {
    const { ask } = await served(COUNTER);
    expect([(await ask()).body, (await ask()).body, (await ask()).body]).toEqual(['1', '2', '3']);
  });

  test('begins anew when it is invoked in another way', async () => {
    const { ask, arn } = await served(COUNTER);
    await ask();
    expect(await bench.lambda.invoke(arn, {})).toEqual({ payload: 1 });
    expect((await ask()).body).toBe('2');
  });

  test('has a process for each request that runs at the same time', async () => {
    // Each waits until both run.
    const { ask } = await served(
      `
      const { readdirSync, writeFileSync } = require('node:fs');
      const folder = require('node:os').tmpdir();
      exports.handler = async () => {
        writeFileSync(folder + '/' + process.pid, '');
        while (readdirSync(folder).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        return process.pid;
      }`,
      { Timeout: 300 },
    );
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one.body).not.toBe(other.body);
  });

  test('is frozen between requests, and goes on with the next', async () => {
    const { ask } = await served(`let late = 0;
      exports.handler = async ({ rawPath }) => {
        if (rawPath === '/begin') setTimeout(() => { late += 1; }, 0);
        else await new Promise((resolve) => setTimeout(resolve, 5));
        return late;
      }`);
    expect((await ask('/begin')).body).toBe('0');
    expect((await ask('/end')).body).toBe('1');
  });

  test('goes on after an error, and answers each request once', async () => {
    const { ask } = await served(`let calls = 0;
      exports.handler = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = false;
        calls += 1;
        if (event.rawPath === '/fails') throw new Error('not so');
        callback(null, calls);
        callback(null, 'again');
      }`);
    expect((await ask('/fails')).status).toBe(502);
    expect([(await ask()).body, (await ask()).body]).toEqual(['2', '3']);
  });

  test('has a new process after one that died', async () => {
    const { ask } = await served(`let calls = 0;
      exports.handler = async ({ rawPath }) => {
        calls += 1;
        if (rawPath === '/dies') await new Promise(() => setTimeout(() => { throw new Error('outside'); }, 0));
        return calls;
      }`);
    expect((await ask()).body).toBe('1');
    expect((await ask('/dies')).status).toBe(502);
    expect((await ask()).body).toBe('1');
  });

  test('is killed at its deadline, also when it is warm', async () => {
    const { ask } = await served(
      `exports.handler = async ({ rawPath }) => {
        if (rawPath === '/waits') await new Promise((resolve) => setTimeout(resolve, 600_000));
        return process.pid;
      }`,
      { Timeout: 1 },
    );
    const { body } = await ask();
    expect((await ask('/waits')).status).toBe(502);
    expect((await ask()).body).not.toBe(body);
    expect(bench.told).toContain('Task timed out after 1.00 seconds');
  });
});
