import type { FailoverPlan, Pair } from '../contract/pipeline-source';

/** One input of a failover pair: whether it brings anything, and since when it does or does not, in milliseconds. */
export interface Health {
  readonly isReceiving: boolean;
  readonly since: number;
}

/** Which of a pair is on air, and after how many milliseconds to ask again; undefined until something happens. */
export interface OnAir {
  readonly index: 0 | 1;
  readonly againMs: number | undefined;
}

/**
 * Which input of a pair should be on air: the other one, when the one on air has been lost for long enough and the other
 * is there; the first one again, once it has been there for long enough.
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
