import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnsupportedError, type Value } from '../../src/contract';
import { LambdaBench, ROLE } from './lambda-bench';
import { zipOf } from './zip-of';

let bench: LambdaBench;

beforeAll(async () => {
  bench = new LambdaBench();
  await bench.api.start();
});

afterAll(() => bench.close());

/** Invokes a function whose index.js is `source`. */
async function run(source: string, event: Value = {}, properties = {}) {
  const arn = await bench.create({ Code: { ZipFile: source }, ...properties });
  return bench.lambda.invoke(arn, event);
}

describe('a Lambda function', () => {
  test('answers with what its handler returns', async () => {
    expect(await run('exports.handler = async ({ name }) => ({ hello: name })', { name: 'you' })).toEqual({
      payload: { hello: 'you' },
    });
  });

  test('is found by its name and by its ARN', async () => {
    const arn = await bench.create({ Code: { ZipFile: 'exports.handler = async () => 1' }, FunctionName: 'by-name' });
    expect(arn).toBe('arn:aws:lambda:eu-west-1:111122223333:function:by-name');
    expect(await bench.lambda.invoke('by-name', {})).toEqual({ payload: 1 });
    expect(await bench.lambda.invoke(arn, {})).toEqual({ payload: 1 });
  });

  test('runs from the folder of an asset, as an ES module too', async () => {
    const Code = bench.asset('esm', {
      'main.mjs': 'import { value } from "./value.mjs"; export const run = async () => value;',
      'value.mjs': 'export const value = 7;',
    });
    expect(await bench.lambda.invoke(await bench.create({ Code, Handler: 'main.run' }), {})).toEqual({ payload: 7 });
  });

  test('runs from a zip file', async () => {
    const zip = join(bench.folder, 'code.zip');
    writeFileSync(zip, zipOf({ 'index.js': 'exports.handler = async () => "unzipped";' }));
    bench.assets.set('code.zip', zip);
    const arn = await bench.create({ Code: { S3Bucket: 'assets', S3Key: 'code.zip' } });
    expect(await bench.lambda.invoke(arn, {})).toEqual({ payload: 'unzipped' });
  });

  test('runs what was uploaded to S3, rather than an asset of that name', async () => {
    const zip = join(bench.folder, 'uploaded.zip');
    writeFileSync(zip, zipOf({ 'index.js': 'exports.handler = async () => "uploaded";' }));
    bench.asset('code', { 'index.js': 'exports.handler = async () => "asset";' });
    bench.objects.set('staging/code.zip', zip);
    const code = (S3Bucket: string) => bench.create({ Code: { S3Bucket, S3Key: 'code.zip' } });
    expect(await bench.lambda.invoke(await code('staging'), {})).toEqual({ payload: 'uploaded' });
    expect(await bench.lambda.invoke(await code('elsewhere'), {})).toEqual({ payload: 'asset' });
  });

  test('finds the AWS SDK of the runtime, and no other package', async () => {
    const source = `
      const found = (name) => { try { require.resolve(name); return true; } catch { return false; } };
      exports.handler = async () => [found('@aws-sdk/client-s3'), found('zod')];`;
    expect(await run(source)).toEqual({ payload: [true, false] });
  });

  test('sees what Lambda gives and nothing of this machine', async () => {
    process.env['SECRET_OF_THIS_MACHINE'] = 'x';
    const result = await run(
      'exports.handler = async (_, context) => ({ env: process.env, context, left: context.getRemainingTimeInMillis() })',
      {},
      { Timeout: 30, Environment: { Variables: { MINE: 'yes' } }, LoggingConfig: { LogGroup: 'logs' } },
    );
    const keys = bench.credentials.issue(ROLE);
    expect(result).toMatchObject({
      payload: {
        env: {
          MINE: 'yes',
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL: bench.api.url,
          AWS_ACCESS_KEY_ID: keys.accessKeyId,
          AWS_SESSION_TOKEN: keys.sessionToken,
        },
        context: { functionVersion: '$LATEST', memoryLimitInMB: '128', logGroupName: 'logs' },
      },
    });
    const { env, left } = Object(Object(result).payload);
    expect(env).not.toHaveProperty('SECRET_OF_THIS_MACHINE');
    expect(env['PATH']).not.toBe(process.env['PATH']);
    expect(left).toBeGreaterThan(25_000);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  test('is kept to its own files: it reads no others, writes to its temporary folder only, and starts nothing', async () => {
    const secret = join(bench.folder, 'environment');
    writeFileSync(secret, 'keys');
    const source = `
      const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
      const tried = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
      exports.handler = async ({ secret }) => {
        const own = require('node:os').tmpdir() + '/own';
        return {
          code: tried(() => readFileSync(__filename)),
          temporary: tried(() => { writeFileSync(own, 'x'); readFileSync(own); }),
          keys: tried(() => readFileSync(secret)),
          home: tried(() => readdirSync(require('node:os').homedir())),
          change: tried(() => writeFileSync(__filename, '')),
          process: tried(() => require('node:child_process').execFileSync('id')),
          worker: tried(() => new (require('node:worker_threads').Worker)('1', { eval: true })),
        };
      };`;
    expect(await run(source, { secret })).toEqual({
      payload: {
        code: 'done',
        temporary: 'done',
        keys: 'ERR_ACCESS_DENIED',
        home: 'ERR_ACCESS_DENIED',
        change: 'ERR_ACCESS_DENIED',
        process: 'ERR_ACCESS_DENIED',
        worker: 'ERR_ACCESS_DENIED',
      },
    });
    expect(bench.told).not.toContain('Warning');
  });

  test('prints to the log of the run', async () => {
    await run('exports.handler = async () => { console.log("two\\nlines"); console.error("and one"); }');
    expect(bench.cloud.told.slice(-3)).toEqual([
      'lambda Subject: two',
      'lambda Subject: lines',
      'lambda Subject: and one',
    ]);
  });

  test('answers with the error that its handler throws', async () => {
    expect(await run('exports.handler = async () => { throw new TypeError("not so"); }')).toMatchObject({
      functionError: { errorType: 'TypeError', errorMessage: 'not so' },
    });
  });

  test('may answer by callback', async () => {
    expect(
      await run('exports.handler = (event, context, callback) => { setTimeout(callback, 5, null, "later"); }'),
    ).toEqual({
      payload: 'later',
    });
  });

  test('is killed at its deadline', async () => {
    const began = Date.now();
    const result = await run(
      'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 20_000))',
      {},
      { Timeout: 1 },
    );
    expect(result).toMatchObject({
      functionError: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds/),
      },
    });
    // The function itself would take 20 s.
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test('is killed at its deadline even when it never lets go of the processor', async () => {
    expect(await run('exports.handler = async () => { for (;;); }', {}, { Timeout: 1 })).toMatchObject({
      functionError: { errorType: 'Sandbox.Timedout' },
    });
  });

  test('reports its own death', async () => {
    expect(await run('exports.handler = async () => process.exit(3)')).toMatchObject({
      functionError: { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 3/) },
    });
  });

  test('loses what it did not await', async () => {
    const source = `
      exports.handler = async () => { setTimeout(() => console.log('woken after the freeze'), 1); return 'done'; }`;
    expect(await run(source)).toEqual({ payload: 'done' });
    expect(bench.told).not.toContain('woken after the freeze');
  });

  test('runs no more at a time than it reserves', async () => {
    const source = `
      const { openSync, closeSync, unlinkSync } = require('node:fs');
      const lock = require('node:os').tmpdir() + '/lock';
      exports.handler = async () => {
        closeSync(openSync(lock, 'wx'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        unlinkSync(lock);
      };`;
    const arn = await bench.create({ Code: { ZipFile: source }, ReservedConcurrentExecutions: 1 });
    const results = await Promise.all([1, 2, 3].map(() => bench.lambda.invoke(arn, {})));
    expect(results).toEqual([{ payload: null }, { payload: null }, { payload: null }]);
  });

  test('is tried three times when it is invoked as an event and fails', async () => {
    const source = `
      const { appendFileSync, readFileSync } = require('node:fs');
      const file = require('node:os').tmpdir() + '/tries';
      exports.handler = async (_, { awsRequestId }) => {
        appendFileSync(file, awsRequestId + '\\n');
        if (readFileSync(file, 'utf8').trim().split('\\n').length < 3) throw new Error('not yet');
        return readFileSync(file, 'utf8').trim().split('\\n');
      };`;
    const arn = await bench.create({ Code: { ZipFile: source } });
    const result = Object(await bench.lambda.invokeAsync(arn, {}));
    expect(result.payload).toHaveLength(3);
    expect(new Set(result.payload).size).toBe(1);
  });

  test.each([
    ['a handler that is not there', { Code: { ZipFile: 'exports.other = 1' } }, 'Runtime.HandlerNotFound'],
    ['a module that is not there', { Code: { ZipFile: '' }, Handler: 'main.handler' }, 'Runtime.ImportModuleError'],
    [
      'callbacks in Node.js 24',
      { Code: { ZipFile: 'exports.handler = (a, b, c) => c()' }, Runtime: 'nodejs24.x' },
      'Runtime.CallbackHandlerDeprecated',
    ],
  ])('refuses %s when it runs', async (_, properties, errorType) => {
    const result = await bench.lambda.invoke(await bench.create(properties), {});
    expect(result).toMatchObject({ functionError: { errorType } });
  });

  const Code = { ZipFile: 'exports.handler = async () => 1' };
  test.each([
    [
      'a role that Lambda cannot assume',
      { Code, Role: 'arn:aws:iam::111122223333:role/other' },
      Error,
      /cannot be assumed by Lambda/,
    ],
    [
      'reserved environment variables',
      { Code, Environment: { Variables: { AWS_REGION: 'x' } } },
      Error,
      /Reserved keys used in this request: AWS_REGION/,
    ],
    [
      'more than 4 KB of environment variables',
      { Code, Environment: { Variables: { A: 'x'.repeat(4096) } } },
      Error,
      /environment variables you have provided exceeded the 4KB limit/,
    ],
    [
      'a timeout of more than 15 minutes',
      { Code, Timeout: 901 },
      Error,
      /Timeout: 901 was given; a whole number from 1 to 900/,
    ],
    ['another runtime', { Code, Runtime: 'python3.13' }, UnsupportedError, /Runtime: python3.13 is not/],
    ['a retired runtime', { Code, Runtime: 'nodejs18.x' }, UnsupportedError, /Runtime: nodejs18.x is not/],
    ['an asset that is not there', { Code: { S3Bucket: 'b', S3Key: 'gone.zip' } }, UnsupportedError, /gone\.zip/],
    ['a container image', { Code, PackageType: 'Image' }, UnsupportedError, /PackageType/],
    [
      'everything that is not modelled, at once',
      { Code, VpcConfig: {}, Layers: [] },
      UnsupportedError,
      /Subject\.VpcConfig, .*Subject\.Layers/,
    ],
  ])('refuses %s when it is created', async (_, properties, error, message) => {
    const act = bench.create(properties);
    await expect(act).rejects.toThrow(error);
    await expect(act).rejects.toThrow(message);
  });

  test('refuses to be invoked when it is not there', async () => {
    await expect(bench.lambda.invoke('nobody', {})).rejects.toThrow('Function not found: nobody');
  });
});
