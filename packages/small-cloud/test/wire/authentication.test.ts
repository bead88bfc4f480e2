import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../src/api-server';
import type { ApiRequest } from '../../src/contract';
import { unchunked } from '../../src/wire/aws-chunked';
import { Credentials, type Keys } from '../../src/wire/credentials';
import { areSigned, hash, signature } from '../../src/wire/signature';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { form, presigned, type SignedWireRequest, sent, signer, type WireRequest } from './wire';

const ROLE = 'arn:aws:iam::111122223333:role/function';
const MINUTES = 60_000;

let credentials: Credentials;
let server: ApiServer;
let asked: ApiRequest[];

beforeEach(async () => {
  asked = [];
  await open(1);
});

afterEach(() => server.stop());

/** Opens the API of a cloud whose clock runs at a speed, and is two hours ahead unless that is 1. */
async function open(speed: number): Promise<void> {
  credentials = new Credentials();
  const handler = async (request: ApiRequest) => {
    asked.push(request);
    return { status: 200, body: 'done' };
  };
  const services = ['sts', 's3', 'medialive', 'ssm', 'cloudfront', 'mediastore'];
  const clock = { speed, now: () => Date.now() + (speed === 1 ? 0 : 120 * MINUTES) };
  server = new ApiServer(quietCloud({ clock }), {
    services: [{ resources: {}, api: Object.fromEntries(services.map((name) => [name, handler])) }],
    credentials,
    responses: { receive: () => ({ status: 200 }) },
  });
  await server.start();
}

const sign = (request: WireRequest, keys: Keys = credentials.operator, at?: Date) =>
  signer(server.url, keys, at)(request);
const answer = (request: WireRequest) => sent(server.url, request);

const IDENTITY = form('sts', 'Action=GetCallerIdentity');
const CHANNEL: WireRequest = { method: 'GET', path: '/prod/channels/a%2Fb', service: 'medialive' };
const PARAMETER: WireRequest = {
  method: 'POST',
  path: '/',
  service: 'ssm',
  body: '{}',
  headers: { 'content-type': 'application/x-amz-json-1.1' },
};
const OBJECT: WireRequest = { method: 'GET', path: '/site/a%20b/c', service: 's3' };
/** A pre-signed request, as the SDKs make it for S3. */
const UNSIGNED = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const SIGNABLE: WireRequest = { ...OBJECT, headers: UNSIGNED };
const UPLOAD: WireRequest = { method: 'PUT', path: '/site/a', service: 's3', body: 'text' };

describe('a request that is signed', () => {
  test.each([
    ['of the query protocol', IDENTITY],
    ['with an encoded path', CHANNEL],
    ['with a path that S3 takes as it is', OBJECT],
    ['with a query', { ...CHANNEL, query: { maxResults: '2', 'a b': 'ü&=+*' } }],
    ['of JSON', PARAMETER],
    ['with dots and empty segments', { ...CHANNEL, path: '/prod//a/./b/../channels/' }],
  ])('is answered: %s', async (_, request) => {
    expect(await answer(await sign(request))).toMatchObject({ status: 200, body: 'done' });
  });

  test('is answered as the role whose keys they are', async () => {
    await answer(await sign(CHANNEL, credentials.issue(ROLE)));
    expect(asked.map(({ roleArn }) => roleArn)).toEqual([ROLE]);
  });

  test('is answered without a signature of its body, where AWS does so', async () => {
    const statusOf = async (request: WireRequest) =>
      (await answer(await sign({ ...request, headers: UNSIGNED }))).status;
    expect(await statusOf(UPLOAD)).toBe(200);
    expect(await statusOf({ ...UPLOAD, service: 'mediastore' })).toBe(200);
    expect(await statusOf(CHANNEL)).toBe(403);
  });

  test('is answered from an SDK that streams a body', async () => {
    const s3 = new S3Client({
      endpoint: server.url,
      region: 'eu-west-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: credentials.operator,
    });
    const Body = Readable.from([Buffer.from('streamed')]);
    await s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'a', Body, ContentLength: 8 }));
    s3.destroy();
    expect(asked[0]?.body.toString()).toContain('streamed');
  });
});

describe('a signature', () => {
  const stranger = (): Keys => new Credentials().operator;

  test.each([
    ['query protocol', IDENTITY, 403, 'InvalidClientTokenId'],
    ['XML', { ...CHANNEL, service: 'cloudfront' }, 403, 'InvalidClientTokenId'],
    ['S3', OBJECT, 403, 'InvalidAccessKeyId'],
    ['JSON over REST', CHANNEL, 403, 'UnrecognizedClientException'],
    ['JSON', PARAMETER, 400, 'UnrecognizedClientException'],
  ])('with an unknown access key is refused with the error of AWS: %s', async (_, request, status, code) => {
    const { status: given, body } = await answer(await sign(request, stranger()));
    expect([given, asked]).toEqual([status, []]);
    expect(body).toContain(code);
  });

  test.each([
    ['query protocol', IDENTITY, 403, 'SignatureDoesNotMatch'],
    ['S3', OBJECT, 403, 'SignatureDoesNotMatch'],
    ['JSON over REST', CHANNEL, 403, 'InvalidSignatureException'],
    ['JSON', PARAMETER, 400, 'InvalidSignatureException'],
  ])('with another secret is refused with the error of AWS: %s', async (_, request, status, code) => {
    const forged = { ...credentials.operator, secretAccessKey: 'test' };
    const { status: given, body } = await answer(await sign(request, forged));
    expect([given, asked]).toEqual([status, []]);
    expect(body).toContain(code);
  });

  test.each<[string, (request: SignedWireRequest) => WireRequest]>([
    ['another body', (request) => ({ ...request, body: 'Action=CreateStack' })],
    ['another path', (request) => ({ ...request, path: '/other' })],
    ['another method', (request) => ({ ...request, method: 'PUT' })],
    ['another query', (request) => ({ ...request, query: { Action: 'CreateStack' } })],
    ['another header', ({ headers, ...request }) => ({ ...request, headers: { ...headers, 'content-type': 'a/b' } })],
    [
      'the hash of another body',
      ({ headers, ...request }) => ({ ...request, headers: { ...headers, 'x-amz-content-sha256': hash('') } }),
    ],
  ])('does not hold for %s', async (_, change) => {
    expect((await answer(change(await sign(IDENTITY)))).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test('of a role needs its session token, and the operator’s has none', async () => {
    const keys = credentials.issue(ROLE);
    for (const wrong of [
      { ...keys, sessionToken: credentials.assume(ROLE, 'me').sessionToken },
      { ...keys, sessionToken: undefined },
      { ...credentials.operator, sessionToken: keys.sessionToken },
    ]) {
      expect((await answer(await sign(IDENTITY, wrong))).body).toContain('InvalidClientTokenId');
    }
  });

  test('holds for 15 minutes around the time of this machine', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * MINUTES);
    const statusAt = async (minutes: number) => (await answer(await sign(IDENTITY, undefined, at(minutes)))).status;
    expect(await statusAt(-14)).toBe(200);
    expect(await statusAt(14)).toBe(200);
    expect((await answer(await sign(OBJECT, undefined, at(-16)))).body).toContain('RequestTimeTooSkewed');
    expect((await answer(await sign(IDENTITY, undefined, at(16)))).body).toContain('SignatureDoesNotMatch');
  });

  test('in a hurried cloud holds for any time between this machine’s and the cloud’s', async () => {
    await server.stop();
    await open(2);
    const statusAt = async (minutes: number) =>
      (await answer(await sign(IDENTITY, undefined, new Date(Date.now() + minutes * MINUTES)))).status;
    expect(await Promise.all([0, 60, 120, 149].map(statusAt))).toEqual([200, 200, 200, 200]);
    expect(await Promise.all([-16, 151].map(statusAt))).toEqual([403, 403]);
  });

  test('of several Regions, or without the host, is refused', async () => {
    const { headers, ...request } = await sign(IDENTITY);
    const changed = (from: string, to: string) =>
      answer({
        ...request,
        headers: { ...headers, authorization: (headers['authorization'] ?? '').replace(from, to) },
      });
    expect((await changed('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')).body).toContain('IncompleteSignature');
    expect((await changed('host;', '')).body).toContain('IncompleteSignature');
  });
});

describe('a pre-signed URL', () => {
  test.each(['GET', 'HEAD'])('is answered for %s', async (method) => {
    const url = await presigned(server.url, credentials.issue(ROLE), { ...SIGNABLE, method });
    expect((await answer(url)).status).toBe(200);
    expect(asked[0]?.roleArn).toBe(ROLE);
  });

  test('is refused for methods that change something, before the body is read', async () => {
    for (const request of [UPLOAD, { ...OBJECT, method: 'DELETE' }, IDENTITY]) {
      const { status, body } = await answer(await presigned(server.url, credentials.operator, request));
      expect(status).toBe(403);
      expect(body).toContain('MissingAuthenticationToken');
    }
    expect(asked).toEqual([]);
  });

  test('is refused after its time, or with a life of more than a week', async () => {
    const old = { signingDate: new Date(Date.now() - 20 * MINUTES), expiresIn: 60 };
    expect((await answer(await presigned(server.url, credentials.operator, SIGNABLE, old))).body).toContain('expired');
    const { query = {}, ...url } = await presigned(server.url, credentials.operator, SIGNABLE);
    const long = { ...url, query: { ...query, 'X-Amz-Expires': '604801' } };
    expect((await answer(long)).status).toBe(403);
  });

  test('holds for no other object', async () => {
    const url = await presigned(server.url, credentials.operator, SIGNABLE);
    expect((await answer({ ...url, path: '/site/other' })).body).toContain('SignatureDoesNotMatch');
  });
});

describe('the signatures of chunks', () => {
  // This is the example of AWS's page on chunked uploads.
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const signing = {
    time: '20130524T000000Z',
    scope: '20130524/us-east-1/s3/aws4_request',
    signedHeaders: ['content-encoding', 'content-length', 'host', 'x-amz-content-sha256', 'x-amz-date'].concat(
      'x-amz-decoded-content-length',
      'x-amz-storage-class',
    ),
    payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  };
  const request = {
    method: 'PUT',
    path: '/examplebucket/chunkObject.txt',
    query: '',
    headers: {
      host: 's3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': signing.payload,
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '66560',
      'content-length': '66824',
    },
  };
  const seed = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
  const chunked = (letter: string) =>
    unchunked(
      Buffer.from(
        [
          '10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
          'a'.repeat(65_536),
          '400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
          letter.repeat(1024),
          '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
          '',
          '',
        ].join('\r\n'),
      ),
    );

  test('follow from the signature of the request', () => {
    expect(signature(request, signing, secret)).toBe(seed);
  });

  test('are valid for the signed body, and for no other', () => {
    const [sound, changed] = [chunked('a'), chunked('b')];
    if (sound === undefined || changed === undefined) throw new Error('the chunks do not add up');
    expect(areSigned(sound, seed, signing, secret)).toBe(true);
    expect(areSigned(changed, seed, signing, secret)).toBe(false);
    expect(areSigned({ ...sound, chunks: sound.chunks.slice(1) }, seed, signing, secret)).toBe(false);
  });
});
