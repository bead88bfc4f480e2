import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cloud, JsonObject, ObjectShelf } from '../../src/contract';
import { AccessLog } from '../../src/services/cloudfront/access-log';
import { CloudFront } from '../../src/services/cloudfront/cloudfront';
import { repeatedVisit } from '../../src/services/cloudfront/edge/visit';
import { S3 } from '../../src/services/s3/s3';
import { LoopbackServer } from '../loopback-server';
import { TestCloud } from '../s3/test-cloud';

let cloud: TestCloud;
let s3: S3;
let cloudFront: CloudFront;
let origin: LoopbackServer;

beforeEach(async () => {
  cloud = new TestCloud();
  s3 = new S3(cloud);
  cloudFront = new CloudFront(cloud, { port: 0, shelf: s3 });
  origin = new LoopbackServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'max-age=60' }).end('hello');
  });
  cloud.names.register('origin.example', await origin.start());
});

afterEach(async () => {
  await cloudFront.stop();
  await Promise.all([origin.stop(), s3.stop()]);
  cloud.remove();
});

async function distribution(bucket: JsonObject): Promise<string> {
  await cloud.create(s3, 'AWS::S3::Bucket', 'Logs', { BucketName: 'logs', ...bucket });
  const made = await cloud.create(cloudFront, 'AWS::CloudFront::Distribution', 'Edge', {
    DistributionConfig: {
      Enabled: true,
      Logging: { Bucket: 'logs.s3.amazonaws.com', Prefix: 'edge' },
      Origins: [{ Id: 'o', DomainName: 'origin.example', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
      DefaultCacheBehavior: {
        TargetOriginId: 'o',
        ViewerProtocolPolicy: 'allow-all',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      },
    },
  });
  return made.attribute('DomainName');
}

describe('the access log of a distribution', () => {
  test('has a line of 33 fields for every request, also for those that were asked before', async () => {
    const domain = await distribution({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } });
    const url = `${cloud.names.resolve(domain)}/a%20b.txt?CMCD=br%3D5%2Csid%3D%22x%22`;
    const headers = { 'user-agent': 'Test (1)', referer: 'http://x/' };
    for (let count = 0; count < 4; count += 1) expect(await (await fetch(url, { headers })).text()).toBe('hello');
    await cloudFront.stop();
    const [object] = s3.list('logs', '');
    expect(object?.key).toMatch(/^edge\/E[0-9A-F]{13}\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]{8}\.gz$/);
    const [version, fields, ...lines] = gunzipSync(readFileSync(object?.file ?? ''))
      .toString()
      .trimEnd()
      .split('\n');
    expect(version).toBe('#Version: 1.0');
    expect(fields?.split(' ')).toHaveLength(34);
    expect(lines.map((line) => line.split('\t').length)).toEqual([33, 33, 33, 33]);
    const values = lines.map((line) => line.split('\t'));
    expect(values.map((line) => line[13])).toEqual(['Miss', 'Hit', 'Hit', 'Hit']);
    for (const line of values) {
      expect(line.slice(3, 13)).toEqual([
        ...['5', expect.stringContaining('127.0.0.1'), 'GET', domain, '/a%2520b.txt', '200', 'http://x/', 'Test%20(1)'],
        ...['CMCD=br%253D5%252Csid%253D%2522x%2522', '-'],
      ]);
      expect(line.slice(29, 31)).toEqual(['text/plain', expect.any(String)]);
      expect(line[14]).toMatch(/^[A-Za-z0-9+/]{56}$/);
    }
    expect(new Set(values.map((line) => line[14])).size).toBe(4);
  });

  test('gives visits that are alike the time of each, and an id of their own', async () => {
    let at = Date.UTC(2026, 10, 1, 12, 0, 0, 990);
    let body = '';
    const log = new AccessLog(
      { bucket: 'logs', prefix: '', includesCookies: false },
      {
        cloud: { clock: { now: () => at, speed: 1 } as Cloud['clock'], tell: () => {} },
        shelf: {
          write: async (object: { readonly body: Buffer }) => {
            body = gunzipSync(object.body).toString();
          },
        } as unknown as ObjectShelf,
        distribution: { id: 'E1', domainName: 'd1.cloudfront.net' },
      },
    );
    const visit = repeatedVisit('GET /a HTTP/1.1\r\nHost: x\r\n\r\n', { status: 200, headers: {} }, 5);
    for (let count = 0; count < 250; count += 1) {
      if (count === 200) at += 20;
      log.record(visit);
    }
    await log.flush();
    const lines = body.trimEnd().split('\n').slice(2);
    const fields = lines.map((line) => line.split('\t'));
    expect(fields.filter(([date, time]) => date === '2026-11-01' && time === '12:00:00')).toHaveLength(200);
    expect(fields.filter(([date, time]) => date === '2026-11-01' && time === '12:00:01')).toHaveLength(50);
    expect(new Set(fields.map((line) => line[14])).size).toBe(250);
    expect(new Set(fields.map((line) => line.slice(3, 14).join())).size).toBe(1);
  });

  test('needs a bucket whose ownership allows access control lists', async () => {
    await expect(distribution({})).rejects.toThrow('does not enable ACL access: logs.s3.amazonaws.com');
  });
});
