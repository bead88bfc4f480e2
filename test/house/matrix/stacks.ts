import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { type Synthesis, synthesize } from '../../stream/synth';
import { KINDS, leastOrigin } from './kinds';
import { channelOf, ROWS, type Row } from './rows';

/** A stack that holds some rows of one origin, each as a channel. */
export interface MatrixStack extends Synthesis {
  readonly origin: string;
  readonly rows: readonly (Row & { readonly name: string })[];
}

const CHANNELS_OF_A_STACK = 10;

/** The matrix in as few stacks as hold it: ten channels in one. Synthesized with cdk-nag and CDK's own validation. */
export function matrixStacks(): readonly MatrixStack[] {
  return KINDS.origins.flatMap((origin) => {
    const rows = ROWS.filter((row) => row.origin === origin);
    return Array.from({ length: Math.ceil(rows.length / CHANNELS_OF_A_STACK) }, (_, stack) => {
      const from = stack * CHANNELS_OF_A_STACK;
      const named = rows.slice(from, from + CHANNELS_OF_A_STACK).map((row, index) => ({ ...row, name: `m${index}` }));
      const overrides: Partial<LiveStreamInput> = {
        origin: leastOrigin(origin),
        channels: named.map((row) => channelOf(row, row.name)),
      };
      return { origin, rows: named, ...synthesize(overrides) };
    });
  });
}
