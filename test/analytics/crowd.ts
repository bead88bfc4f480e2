import type { SyntheticSession } from './synthetic';

/** Time over which a crowd comes, in milliseconds. */
const HOURS = 36_000_000;

/**
 * Makes one session of a crowd: 30 s to 2 minutes long, an eighth with a stall, some that fail or leave before or after the
 * start. The same each time.
 *
 * @param of - how many there are; they come evenly over ten hours.
 * @param from - milliseconds since 1970 at which the first comes.
 */
export function oneOfACrowd(number: number, of: number, from: number): SyntheticSession {
  const part = (divisor: number) => number % divisor;
  const isStarted = part(100) !== 7 && part(100) !== 11;
  const beats = 1 + part(4);
  return {
    sid: `session-${number}`,
    at: from + Math.floor((number / of) * HOURS),
    startupMs: isStarted ? 600 + ((number * 7919) % 4000) : undefined,
    beats,
    kbps: [800, 3000, 6000][part(3)] ?? 800,
    latencyMs: 3000 + part(3000),
    country: ['DE', 'FR', 'US', 'BR', 'IN'][part(5)] ?? 'DE',
    device: (['desktop', 'mobile', 'tablet', 'smarttv'] as const)[part(7) % 4],
    engine: ['hls.js 1.7.4', 'dash.js 5.2.1', 'browser'][part(11) % 3],
    pop: ['FRA60-P1', 'CDG50-C1'][part(13) % 2],
    stalls: isStarted && part(8) === 0 ? { [1 + part(beats)]: 2000 + part(4000) } : {},
    ads:
      isStarted && part(9) === 0
        ? [{ ad: part(2) === 0 ? 'summer' : 'winter', break: 'b-1', events: shown(part(27)) }]
        : [],
    error: part(50) === 0 || part(100) === 11 ? 'http-503' : undefined,
  };
}

/** The events of an ad: to its end, skipped, or failed. */
function shown(number: number): readonly string[] {
  if (number === 9) return ['start', 'firstQuartile', 'skip'];
  if (number === 18) return ['start', 'error'];
  return ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];
}
