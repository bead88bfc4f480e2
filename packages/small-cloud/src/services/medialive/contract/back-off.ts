/** Pause before a process is started again after `failures` in a row: 0.5 s, doubled each time, at most 10 s. */
export function backOffSeconds(failures: number): number {
  return Math.min(10, 0.5 * 2 ** Math.max(0, failures - 1));
}
