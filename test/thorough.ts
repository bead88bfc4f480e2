/** Whether all is tried (`npm run test:thorough`), or of what takes long a sample (`npm test`). */
export const THOROUGH = process.env['THOROUGH'] === '1';

/**
 * Everything when testing thoroughly; else every n-th, the first and the last among them, so that the sample is the same
 * each time.
 *
 * @param most - how many a sample has at most; 2 or more.
 */
export function sampled<T>(all: readonly T[], most: number): readonly T[] {
  if (THOROUGH || all.length <= most) return all;
  const step = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => all[Math.round(index * step)] as T);
}
