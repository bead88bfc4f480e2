import { type Synthesis, synthesize } from '../../stream/synth';
import { KINDS } from './kinds';
import { channelOf, describedBy, ROWS, type Row } from './rows';

/** A row, and the name of its channel. */
export type NamedRow = Row & { readonly name: string };

/** A stack that holds some rows of one origin, each as a channel. */
export interface MatrixStack extends Synthesis {
  readonly origin: string;
  readonly rows: readonly NamedRow[];
}

const CHANNELS_OF_A_STACK = 10;

/** The matrix in as few stacks as hold it: ten channels in one. Synthesized with cdk-nag and CDK's own validation. */
export function matrixStacks(): readonly MatrixStack[] {
  return KINDS.origin.flatMap((origin) => {
    const rows = ROWS.filter((row) => row.origin === origin);
    return Array.from({ length: Math.ceil(rows.length / CHANNELS_OF_A_STACK) }, (_, stack) => {
      const from = stack * CHANNELS_OF_A_STACK;
      const named = rows.slice(from, from + CHANNELS_OF_A_STACK).map((row, index) => ({ ...row, name: `m${index}` }));
      const channels = named.map((row) => channelOf(row, row.name));
      return { origin, rows: named, ...synthesize(describedBy(origin, channels)) };
    });
  });
}
