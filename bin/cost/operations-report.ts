import type { LiveStream } from '../../lib/channel/live-stream';
import { HOURS_OF_MONTH } from '../../lib/cost/assumptions';
import { cents } from '../../lib/cost/cost';
import type { Cost } from '../../lib/cost/cost-part';
import { afterFreeQuantities, operationsCostPerMonth } from '../../lib/cost/operations-cost';
import type { PriceBook } from '../../lib/cost/price';
import { countedOperations } from './counted';

/** Costs of the operations of a stack. Amounts of a month are whole cents; those of an hour are exact. */
export interface OperationsReport {
  /** A month in which no channel runs. */
  readonly idlePerMonth: Cost;
  /** Addition of an hour on air of all channels, in US dollars. */
  readonly runningPerHour: number;
  /** A month in which all channels run. */
  readonly runningPerMonth: Cost;
  /** The same two months in an account that uses its free quantities for nothing else. */
  readonly afterFreeQuantities: { readonly idlePerMonth: number; readonly runningPerMonth: number };
}

/** Computes the costs of the operations of a description; undefined for one without operations. */
export function operationsReport(stream: LiveStream, prices: PriceBook): OperationsReport | undefined {
  const counted = countedOperations(stream);
  if (counted === undefined) return undefined;
  const idlePerMonth = operationsCostPerMonth(counted, 0, prices);
  const runningPerMonth = operationsCostPerMonth(counted, HOURS_OF_MONTH, prices);
  return {
    idlePerMonth,
    runningPerHour: (runningPerMonth.usd - idlePerMonth.usd) / HOURS_OF_MONTH,
    runningPerMonth,
    afterFreeQuantities: {
      idlePerMonth: cents(afterFreeQuantities(idlePerMonth)),
      runningPerMonth: cents(afterFreeQuantities(runningPerMonth)),
    },
  };
}
