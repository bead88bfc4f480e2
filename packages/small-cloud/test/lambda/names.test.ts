import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestSignIn } from '../cognito-idp/test-sign-in';
import { LambdaBench } from './lambda-bench';

let signIn: TestSignIn;
let bench: LambdaBench;

beforeAll(async () => {
  signIn = await new TestSignIn().start();
  bench = new LambdaBench({ names: signIn.cloud.names });
  await bench.api.start();
});

afterAll(async () => {
  await bench.close();
  await signIn.stop();
});

/** The library of AWS that verifies tokens. It has no dependencies. */
const LIBRARY = 'aws-jwt-verify';

const READ = `
  const text = (response) => new Promise((resolve) => {
    let all = '';
    response.on('data', (part) => { all += part; }).on('end', () => resolve(all));
  });`;

/** Functions that fetch the same document in different ways. */
const WAYS: readonly (readonly [way: string, file: string, source: string])[] = [
  ['fetch', 'index.js', 'exports.handler = async ({ url }) => (await fetch(url)).json();'],
  [
    'https.get',
    'index.js',
    `${READ} const https = require('node:https');
    exports.handler = async ({ url }) =>
      JSON.parse(await text(await new Promise((resolve, reject) => https.get(url, resolve).on('error', reject))));`,
  ],
  [
    'https.request with options and an agent',
    'index.js',
    `${READ} const https = require('https');
    exports.handler = async ({ url }) => {
      const { hostname, pathname: path } = new URL(url);
      const options = { hostname, path, method: 'GET', agent: new https.Agent() };
      return JSON.parse(await text(await new Promise((resolve, reject) =>
        https.request(options, resolve).on('error', reject).end())));
    };`,
  ],
  [
    'a request that an ES module imports by its name',
    'index.mjs',
    `${READ} import { request } from 'node:https';
    export const handler = async ({ url }) =>
      JSON.parse(await text(await new Promise((resolve, reject) =>
        request(new URL(url), { timeout: 5000 }, resolve).on('error', reject).end())));`,
  ],
];

describe('a function', () => {
  test.each(WAYS)('reaches a public name of the cloud by %s', async (way, file, source) => {
    const Code = bench.asset(way.replaceAll(/\W/g, '-'), { [file]: source });
    const url = `https://cognito-idp.eu-west-1.amazonaws.com/${signIn.poolId}/.well-known/openid-configuration`;
    const { payload } = Object(await bench.lambda.invoke(await bench.create({ Code }), { url }));
    expect(payload).toMatchObject({ jwks_uri: expect.stringContaining('/.well-known/jwks.json') });
  });

  test('verifies a token of a pool with the library of AWS', async () => {
    const Code = bench.asset('verifier', {
      'index.js': `
        const { CognitoJwtVerifier } = require(${JSON.stringify(LIBRARY)});
        exports.handler = async ({ userPoolId, clientId, token }) =>
          CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access', groups: 'main' }).verify(token);`,
    });
    const library = join(__dirname, '..', '..', '..', '..', 'node_modules', LIBRARY);
    cpSync(library, join(bench.folder, 'assets', 'verifier', 'node_modules', LIBRARY), { recursive: true });
    const { access_token: token = '' } = await signIn.tokens('main@example.com');
    const event = { userPoolId: signIn.poolId, clientId: signIn.clientId, token };
    const { payload } = Object(await bench.lambda.invoke(await bench.create({ Code }), event));
    expect(payload).toMatchObject({ token_use: 'access', 'cognito:groups': ['main'] });
  });
});
