import {
  CloudFrontClient,
  CreateInvalidationCommand,
  DeleteDistributionCommand,
  GetDistributionCommand,
  GetInvalidationCommand,
  waitUntilInvalidationCompleted,
} from '@aws-sdk/client-cloudfront';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../s3/api-server';
import { distribution, TestEdge } from './test-edge';

let edge: TestEdge;
let server: ApiServer;
let client: CloudFrontClient;

beforeEach(async () => {
  edge = new TestEdge((request, response) =>
    response.writeHead(200, { 'cache-control': 'max-age=60' }).end(request.url),
  );
  const CachePolicyId = await edge.cachePolicy([0, 5, 60], { QueryStringsConfig: { QueryStringBehavior: 'all' } });
  await edge.start(distribution({ CachePolicyId }));
  const handler = edge.service.api['cloudfront'];
  if (handler === undefined) throw new Error('no handler');
  server = new ApiServer(handler);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new CloudFrontClient({ endpoint: await server.start(), region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  await edge.stop();
});

const invalidate = (Items: string[], CallerReference = 'r', DistributionId = edge.id) =>
  client.send(
    new CreateInvalidationCommand({
      DistributionId,
      InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
    }),
  );
const result = async (path: string) => String((await edge.get(path)).headers['x-cache']).split(' ')[0];

describe('the CloudFront API, through the real SDK', () => {
  test('invalidates the objects that the paths name, and no others', async () => {
    for (const path of ['/a', '/a?x=1', '/b/1', '/b/2']) await result(path);
    const made = await invalidate(['/a', '/b/*', '/with & and <']);
    expect(made.Invalidation).toMatchObject({
      Id: expect.stringMatching(/^I/),
      Status: 'Completed',
      CreateTime: expect.any(Date),
      InvalidationBatch: { CallerReference: 'r', Paths: { Quantity: 3, Items: ['/a', '/b/*', '/with & and <'] } },
    });
    expect(made.Location).toContain(`/distribution/${edge.id}/invalidation/${made.Invalidation?.Id}`);
    expect(await Promise.all(['/a', '/a?x=1', '/b/1', '/b/2'].map(result))).toEqual(['Miss', 'Hit', 'Miss', 'Miss']);
  });

  test('creates one invalidation for one caller reference', async () => {
    const first = await invalidate(['/*']);
    await result('/a');
    const second = await invalidate(['/*']);
    expect(second.Invalidation?.Id).toBe(first.Invalidation?.Id);
    expect(await result('/a')).toBe('Hit');
    await expect(invalidate(['/a'])).rejects.toMatchObject({ name: 'InvalidationBatchAlreadyExists' });
  });

  test('describes an invalidation and the distribution', async () => {
    const { Invalidation } = await invalidate(['/*']);
    const Id = Invalidation?.Id ?? '';
    const got = await client.send(new GetInvalidationCommand({ DistributionId: edge.id, Id }));
    expect(got.Invalidation).toEqual(Invalidation);
    await waitUntilInvalidationCompleted({ client, maxWaitTime: 30 }, { DistributionId: edge.id, Id });
    const { Distribution } = await client.send(new GetDistributionCommand({ Id: edge.id }));
    expect(Distribution).toMatchObject({
      Id: edge.id,
      ARN: `arn:aws:cloudfront::111122223333:distribution/${edge.id}`,
      Status: 'Deployed',
      DomainName: edge.domainName,
    });
  });

  test('refuses unknown resources, malformed requests and operations that it does not model', async () => {
    await expect(invalidate(['/*'], 'r', 'ENONE')).rejects.toMatchObject({
      name: 'NoSuchDistribution',
      message: 'The specified distribution does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
    const none = new GetInvalidationCommand({ DistributionId: edge.id, Id: 'INONE' });
    await expect(client.send(none)).rejects.toMatchObject({ name: 'NoSuchInvalidation' });
    await expect(invalidate(['a'])).rejects.toMatchObject({ name: 'InvalidArgument' });
    const remove = new DeleteDistributionCommand({ Id: edge.id });
    await expect(client.send(remove)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('allows a role the operations of its policies', async () => {
    const arn = `arn:aws:cloudfront::111122223333:distribution/${edge.id}`;
    server.roleArn = await edge.cloud.role('Reader', ['cloudfront:GetDistribution', '*']);
    await expect(invalidate(['/*'])).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${server.roleArn} is not authorized to perform: cloudfront:CreateInvalidation on resource: ${arn} because no identity-based policy allows the cloudfront:CreateInvalidation action`,
    });
    server.roleArn = await edge.cloud.role('Player', ['cloudfront:CreateInvalidation', arn]);
    await expect(invalidate(['/*'])).resolves.toMatchObject({ Invalidation: { Status: 'Completed' } });
  });

  test('does not keep a response that was invalidated on its way', async () => {
    await edge.stop();
    edge = new TestEdge((_, response) =>
      setTimeout(() => response.writeHead(200, { 'cache-control': 'max-age=60' }).end(), 100),
    );
    await edge.start();
    const early = edge.get('/a');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const request = {
      method: 'POST',
      path: `/2020-05-31/distribution/${edge.id}/invalidation`,
      query: new URLSearchParams(),
    };
    const body = Buffer.from(
      '<B><Paths><Items><Path>/*</Path></Items></Paths><CallerReference>r</CallerReference></B>',
    );
    const answer = await edge.service.api['cloudfront']?.({ ...request, headers: {}, body, roleArn: undefined });
    expect(answer?.status).toBe(201);
    expect((await early).status).toBe(200);
    expect(await result('/a')).toBe('Miss');
  });
});
