/**
 * Returns the pause before a process is started again after `failures` in a row, in seconds: 0.5, doubled each time, at
 * most 10.
 */
export function backOffSeconds(failures: number): number {
  return Math.min(10, 0.5 * 2 ** Math.max(0, failures - 1));
}
