import type { FailoverPlan, Pair } from '../contract/pipeline-source';

/** Health of one input of a failover pair: whether it brings media, and since when, in milliseconds. */
export interface Health {
  readonly isReceiving: boolean;
  readonly since: number;
}

/**
 * The input of a pair that is on air, and the milliseconds until the next decision; undefined until something happens.
 */
export interface OnAir {
  readonly index: 0 | 1;
  readonly againMs: number | undefined;
}

/**
 * Decides which input of a pair should be on air: the other one, when the one on air has been lost for long enough and
 * the other is there; the first one again, once it has been there for long enough.
 */
export function onAir(
  index: 0 | 1,
  pair: Pair<Health>,
  { lossMs, clearMs, returns }: FailoverPlan,
  now: number,
): OnAir {
  const other = index === 0 ? 1 : 0;
  if (!pair[index].isReceiving) {
    if (!pair[other].isReceiving) return { index, againMs: undefined };
    return after(lossMs - (now - pair[index].since));
  }
  if (returns && index === 1 && pair[0].isReceiving) return after(clearMs - (now - pair[0].since));
  return { index, againMs: undefined };

  function after(remainingMs: number): OnAir {
    return remainingMs > 0 ? { index, againMs: remainingMs } : { index: other, againMs: undefined };
  }
}
