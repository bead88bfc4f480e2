import { type CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';

/** Largest number of paths that are invalidated one by one. */
const MOST_PATHS = 10;

/** Files that a distribution must forget. */
export interface Invalidation {
  readonly distributionId: string;
  /** Keys of the files in the bucket. */
  readonly keys: readonly string[];
  /** Name of the request. CloudFront does the same request only once. */
  readonly reference: string;
}

/** Makes a distribution forget cached files; more than ten are forgotten with one wildcard. */
export async function invalidation(
  client: CloudFrontClient,
  { distributionId, keys, reference }: Invalidation,
): Promise<void> {
  if (keys.length === 0) return;
  const paths = keys.flatMap((key) => (key === 'index.html' ? ['/', '/index.html'] : [`/${encodeURI(key)}`]));
  const items = paths.length > MOST_PATHS ? ['/*'] : paths;
  await client.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: { CallerReference: reference, Paths: { Quantity: items.length, Items: items } },
    }),
  );
}
