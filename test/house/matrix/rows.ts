import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { exampleInput } from './inputs';
import { KINDS } from './kinds';

/** One combination; the channel of it is described by {@link channelOf}. */
export interface Row {
  readonly input: string;
  readonly origin: string;
  readonly redundancy: (typeof KINDS.redundancies)[number];
  readonly ladder: (typeof KINDS.ladders)[number];
  readonly latency: (typeof KINDS.latencies)[number];
}

type Base = Pick<Row, 'input' | 'origin' | 'redundancy'>;

/** Inputs that exist with two endpoints only. */
const TWO_ENDPOINTS = ['rtp-push', 'rtp-push-vpc', 'cdi'];

/** Why a combination must be refused, in the sentence that an operator reads; undefined where it must not. */
export function refusal({ input, redundancy }: Base): string | undefined {
  return redundancy === 'single-pipeline' && TWO_ENDPOINTS.includes(input)
    ? `channels[0].redundancy: "single-pipeline" was given; MediaLive makes an input of kind ${input} with two endpoints, so "two-pipelines" is needed`
    : undefined;
}

/** All combinations of input, origin and redundancy. */
export const BASES: readonly Base[] = KINDS.inputs.flatMap((input) =>
  KINDS.origins.flatMap((origin) => KINDS.redundancies.map((redundancy) => ({ input, origin, redundancy }))),
);

/** Every combination of the first three that is taken, with a ladder and a latency so that every pair of values is there. */
export const ROWS = covering(BASES.filter((base) => refusal(base) === undefined));

/** Every two values that a row puts side by side, one of them a ladder or a latency. */
export function pairsOf({ ladder, latency, ...base }: Row): readonly string[] {
  const bases = Object.entries(base).map((entry) => entry.join('='));
  return [...bases.flatMap((value) => [`${value} ${ladder}`, `${value} ${latency}`]), `${ladder} ${latency}`];
}

/** All rows there could be for these combinations. */
export function everyRow(bases: readonly Base[]): readonly Row[] {
  return bases.flatMap((base) =>
    KINDS.ladders.flatMap((ladder) => KINDS.latencies.map((latency) => ({ ...base, ladder, latency }))),
  );
}

/** The description of a row's channel. */
export function channelOf(row: Row, name: string): LiveStreamInput['channels'][number] {
  const { redundancy, ladder, latency } = row;
  return { name, input: exampleInput(row.input, redundancy === 'two-pipelines' ? 2 : 1), redundancy, ladder, latency };
}

/** Greedy: for each combination the row with the most new pairs, then rows for the pairs that are left. */
function covering(bases: readonly Base[]): readonly Row[] {
  const left = new Set(everyRow(bases).flatMap(pairsOf));
  const gain = (row: Row) => pairsOf(row).filter((pair) => left.has(pair)).length;
  const take = (rows: readonly Row[]): readonly Row[] => {
    const best = rows.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const pair of pairsOf(best)) left.delete(pair);
    return [best];
  };
  const rows = bases.flatMap((base) => take(everyRow([base])));
  const more: Row[] = [];
  while (left.size > 0) more.push(...take(everyRow(bases)));
  return [...rows, ...more];
}
