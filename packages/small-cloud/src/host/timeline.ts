/** Makes a line of the log's timeline: a step of the start, and its end in seconds since the command began. */
export function reached(step: string): string {
  return `${(performance.now() / 1000).toFixed(2)} s: ${step}`;
}
