/** True under `npm run test:thorough`, which runs all cases. Other runs take a sample of those that take long. */
export const THOROUGH = process.env['THOROUGH'] === '1';

/**
 * All cases when testing thoroughly, else evenly spaced ones with the first and the last among them. The sample is the
 * same each time.
 *
 * @param most - greatest size of a sample; 2 or more.
 */
export function sampled<T>(all: readonly T[], most: number): readonly T[] {
  if (THOROUGH || all.length <= most) return all;
  const step = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => all[Math.round(index * step)] as T);
}
