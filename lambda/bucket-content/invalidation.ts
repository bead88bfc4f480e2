import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';

const client = new CloudFrontClient({ maxAttempts: 8 });

/** Makes a distribution forget what it cached of some files. More than a few are forgotten with one wildcard. */
export async function invalidate(distributionId: string, keys: readonly string[], reference: string): Promise<void> {
  if (keys.length === 0) return;
  const paths = keys.flatMap((key) => (key === 'index.html' ? ['/', '/index.html'] : [`/${encodeURI(key)}`]));
  const items = paths.length > 10 ? ['/*'] : paths;
  await client.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: { CallerReference: reference, Paths: { Quantity: items.length, Items: items } },
    }),
  );
}
