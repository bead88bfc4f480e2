import { type CostPart, part } from './cost-part';
import { OPERATIONS_PRICES } from './operations-prices';
import type { PriceBook } from './price';

/** Assumptions about polls, which are estimates until they are measured on AWS. */
export const POLLS = {
  /** Polls in an hour; every viewer votes in each. */
  perHour: 2,
  /** Times that a page asks for the result of a poll of a minute: every two seconds, and ten seconds longer. */
  results: 35,
  /** Memory of the function in GB, and seconds of an invocation. */
  gb: 0.25,
  seconds: 0.05,
} as const;

const ASSUMPTIONS: readonly string[] = [
  `a channel with polls has ${POLLS.perHour} of a minute in an hour; every viewer votes, and the page asks ${POLLS.results} times for the result, which the edge keeps for 2 s`,
];
const NOT_INCLUDED: readonly string[] = [
  'the table of polls: a vote writes two items in a transaction, and a guest one more; see https://aws.amazon.com/dynamodb/pricing/on-demand/',
];

/** Returns what a report says about polls: its assumptions, and the costs that are left out. Nothing where there are none. */
export function pollNotes(channels: readonly { readonly polls?: boolean }[]): {
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
} {
  const has = channels.some(({ polls }) => polls);
  return has ? { assumptions: ASSUMPTIONS, notIncluded: NOT_INCLUDED } : { assumptions: [], notIncluded: [] };
}

/**
 * Computes what the votes and results of polls cost.
 *
 * @param viewerHours - hours that viewers watch.
 * @see docs/polls.md
 */
export function pollParts(viewerHours: number, edgeRequests: PriceBook['edgeRequests']): readonly CostPart[] {
  const votes = viewerHours * POLLS.perHour;
  const parts = [
    part('polls, votes', votes / 1_000_000, OPERATIONS_PRICES.invocations),
    part('polls, duration', (votes * POLLS.seconds * POLLS.gb) / 1_000_000, OPERATIONS_PRICES.duration),
  ];
  if (edgeRequests === undefined) return parts;
  return [...parts, part('polls, edge requests', (votes * (1 + POLLS.results)) / 10_000, edgeRequests)];
}
