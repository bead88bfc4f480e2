import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { THOROUGH } from '../../thorough';
import { exampleInput } from './inputs';
import { expectedOf, KINDS } from './kinds';

type Axis = keyof typeof KINDS;

/** One combination: a kind of each axis. */
export type Row = Readonly<Record<Axis, string>>;

const AXES = Object.keys(KINDS) as readonly Axis[];
/** The axes of which every combination is synthesized; of the others, every pair. */
const WHOLE: readonly Axis[] = THOROUGH ? ['input', 'origin', 'redundancy'] : ['input', 'origin'];

/** Every combination that there is. */
export const EVERY_ROW: readonly Row[] = AXES.reduce<readonly Partial<Row>[]>(
  (rows, axis) => rows.flatMap((row) => KINDS[axis].map((kind) => ({ ...row, [axis]: kind }))),
  [{}],
) as readonly Row[];

/** The gists of the sentences that a combination must be refused with; none where it must be taken. */
export function refusals({ input, origin, redundancy, ladder, beside }: Row): readonly RegExp[] {
  const single = redundancy === 'single-pipeline' && expectedOf('input', input).twoEndpoints;
  const ofLadder = expectedOf('origin', origin).refused[ladder];
  return [
    ...(single
      ? [new RegExp(`^channels\\[0\\]\\.redundancy: "single-pipeline" was given; .*kind ${input} with two endpoints`)]
      : []),
    ...(ofLadder === undefined ? [] : [ofLadder]),
    ...expectedOf('beside', beside).refused(origin, ladder),
  ];
}

const TAKEN = EVERY_ROW.filter((row) => refusals(row).length === 0);

/** Every pair of kinds in a row, and the whole of the first three axes. */
export function coverage(row: Row): readonly string[] {
  const pairs = AXES.flatMap((one, index) => AXES.slice(index + 1).map((other) => `${row[one]} + ${row[other]}`));
  return [...pairs, wholeOf(row)];
}

/** The axes of which every combination is synthesized, as a row has them. */
export function wholeOf(row: Row): string {
  return WHOLE.map((axis) => row[axis]).join(' + ');
}

/** All that the rows must cover. */
export const TO_COVER: ReadonlySet<string> = new Set(TAKEN.flatMap(coverage));

/** The rows that are synthesized: greedy, the one with the most that is new and rare, until all is covered. */
export const ROWS: readonly Row[] = covering();

/** The description of a row's channel. */
export function channelOf({ input, redundancy, ladder, latency, beside }: Row, name: string): unknown {
  const { described } = expectedOf('beside', beside);
  const from = exampleInput(input, redundancy === 'two-pipelines' ? 2 : 1);
  return { name, input: from, redundancy, ladder, latency, ...described };
}

/** A description with rows of one origin, each as a channel. */
export function describedBy(origin: string, channels: readonly unknown[]): LiveStreamInput {
  // Kinds are read from the schema as texts; the schema checks them.
  return { origin: expectedOf('origin', origin).described, channels: channels as LiveStreamInput['channels'] };
}

function covering(): readonly Row[] {
  const left = new Set(TO_COVER);
  const times = new Map<string, number>();
  for (const pair of TAKEN.flatMap(coverage)) times.set(pair, (times.get(pair) ?? 0) + 1);
  const gain = (row: Row) =>
    coverage(row).reduce((sum, pair) => sum + (left.has(pair) ? 1 / (times.get(pair) ?? 1) : 0), 0);
  const take = (candidates: readonly Row[]): Row => {
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const pair of coverage(best)) left.delete(pair);
    return best;
  };
  const rows = [...new Set(TAKEN.map(wholeOf))].map((whole) => take(TAKEN.filter((row) => wholeOf(row) === whole)));
  while (left.size > 0) rows.push(take(TAKEN));
  return rows;
}
