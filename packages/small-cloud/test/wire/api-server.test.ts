import { CloudFrontClient, GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { DescribeChannelCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer, PortTakenError } from '../../src/api-server';
import { type ApiHandler, type ApiRequest, UnsupportedError } from '../../src/contract';
import { Credentials } from '../../src/wire/credentials';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { form, sent, signer } from './wire';

const ROLE = 'arn:aws:iam::111122223333:role/function';

let cloud: ReturnType<typeof quietCloud>;
let credentials: Credentials;
let server: ApiServer;
let asked: ApiRequest[];
let handed: [token: string, body: string][];
let behave: ApiHandler;

beforeEach(async () => {
  cloud = quietCloud();
  credentials = new Credentials();
  asked = [];
  handed = [];
  behave = async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"state":"IDLE"}' });
  const handler: ApiHandler = (request) => {
    asked.push(request);
    return behave(request);
  };
  server = new ApiServer(cloud, {
    services: [
      { resources: {}, api: { medialive: handler } },
      { resources: {}, api: { s3: handler } },
      { resources: {} },
    ],
    credentials,
    responses: {
      receive: (token, body) => {
        handed.push([token, body.toString()]);
        return { status: 200 };
      },
    },
  });
  await server.start();
});

afterEach(() => server.stop());

function client<T>(Client: new (options: object) => T, keys: object = credentials.operator): T {
  return new Client({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: keys,
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

const describeChannel = (keys?: object) =>
  client(MediaLiveClient, keys).send(new DescribeChannelCommand({ ChannelId: '12' }));

/** Signs a request of the operator with the library of the SDKs. */
const signed = (request: Parameters<ReturnType<typeof signer>>[0]) => signer(server.url, credentials.operator)(request);

async function errorOf(act: Promise<unknown>): Promise<Error & { $metadata: { httpStatusCode: number } }> {
  return act.then(
    () => {
      throw new Error('it did not fail');
    },
    (error) => error,
  );
}

describe('the local API', () => {
  test('passes a call of an AWS SDK to the service that it is signed for', async () => {
    expect((await describeChannel()).State).toBe('IDLE');
    expect(asked).toMatchObject([{ method: 'GET', path: '/prod/channels/12', roleArn: undefined }]);
  });

  test('finds the role of the keys that it issued', async () => {
    await describeChannel(credentials.issue(ROLE));
    expect(asked[0]?.roleArn).toBe(ROLE);
    expect(credentials.issue(ROLE)).toEqual(credentials.issue(ROLE));
  });

  test('passes on path, query and body unchanged', async () => {
    behave = async () => ({ status: 200, headers: { etag: '"1"' } });
    await client(S3Client).send(new PutObjectCommand({ Bucket: 'site', Key: 'a b/ü.txt', Body: 'hello' }));
    expect(asked[0]).toMatchObject({ method: 'PUT', path: '/site/a%20b/%C3%BC.txt' });
    expect(asked[0]?.query.get('x-id')).toBe('PutObject');
    expect(asked[0]?.body.toString()).toContain('hello');
  });

  test('passes unsigned responses of custom resources to the engine', async () => {
    const response = await fetch(`${server.url}/cloudformation/responses/abc`, { method: 'PUT', body: '{}' });
    expect(response.status).toBe(200);
    expect(handed).toEqual([['abc', '{}']]);
  });

  test('refuses a port that another program uses, and names the option', async () => {
    const port = Number(new URL(server.url).port);
    const second = new ApiServer(cloud, {
      services: [],
      credentials,
      responses: { receive: () => ({ status: 200 }) },
      port,
    });
    const error = await errorOf(second.start());
    expect(error).toBeInstanceOf(PortTakenError);
    expect(error.message).toBe(
      `Port ${port} for the local API is taken by another program; choose another one with --api-port N.`,
    );
  });

  test('refuses an unsigned request, and says how to sign it', async () => {
    const response = await fetch(`${server.url}/prod/channels`);
    expect(response.status).toBe(403);
    expect((await response.json()).message).toMatch(/GET \/prod\/channels is not signed/);
  });

  test('refuses an unknown service by name, in the wire format of that service', async () => {
    const error = await errorOf(client(CloudFrontClient).send(new GetDistributionCommand({ Id: 'E1' })));
    expect(error).toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    expect(error.message).toMatch(
      /GET \/2020-05-31\/distribution\/E1: the local run has no API of the service "cloudfront"/,
    );
  });

  test.each([
    ['JSON', () => describeChannel()],
    ['the XML of S3', () => client(S3Client).send(new GetObjectCommand({ Bucket: 'site', Key: 'x' }))],
  ])('refuses an action that a service does not model: %s', async (_, act) => {
    behave = async () => {
      throw new UnsupportedError('that <call> is not modelled');
    };
    const error = await errorOf(act());
    expect(error).toMatchObject({ name: 'NotImplemented', message: 'that <call> is not modelled' });
    expect(error.$metadata.httpStatusCode).toBe(501);
    expect(cloud.told).toEqual(['api: that <call> is not modelled']);
  });

  test('reports an internal error of a service', async () => {
    behave = async () => {
      throw new Error('broken');
    };
    expect((await errorOf(describeChannel())).$metadata.httpStatusCode).toBe(500);
    expect(cloud.told).toEqual(['api: medialive GET /prod/channels/12: broken']);
  });

  test('answers services of the query protocol in XML', async () => {
    const response = await sent(server.url, await signed(form('sts', 'Action=GetCallerIdentity')));
    expect(response.body).toMatch(/<ErrorResponse><Error><Type>Receiver<\/Type><Code>NotImplemented<\/Code>/);
  });

  test('refuses a body that is too long', async () => {
    const body = Buffer.alloc(64 * 1024 * 1024 + 1);
    expect((await sent(server.url, await signed({ ...form('sts', ''), body }))).status).toBe(413);
  });

  test('listens on loopback only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
