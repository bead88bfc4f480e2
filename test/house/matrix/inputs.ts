import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDescription } from '../../../bin/live-streaming/description';
import { INPUT_KINDS } from '../../../lib/channel/input';
import type { InputKind } from '../../../lib/channel/inputs/options/input-kind';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Input = LiveStreamInput['channels'][number]['input'];

const EXAMPLES = resolve(__dirname, '..', '..', '..', 'examples');

/**
 * Reads the channel of the example of a kind: its input and its redundancy.
 *
 * @throws Error with what to add where there is no example.
 */
export function exampleOf(kind: string) {
  const file = join(EXAMPLES, `${kind}.ts`);
  if (!existsSync(file)) {
    throw new Error(`There is no examples/${kind}.ts: add it; the matrix tries it with every origin.`);
  }
  const [channel] = readDescription(file).channels;
  if (channel?.input.kind !== kind) {
    throw new Error(`The first channel of examples/${kind}.ts has no input of kind ${kind}`);
  }
  const { input, redundancy = 'single-pipeline' } = channel;
  return { input, redundancy };
}

/** The value for a second pipeline where an example has one pipeline. A source may be given twice. */
const SECOND: Readonly<Record<string, string | undefined>> = {
  streamNames: 'live/second',
  deviceIds: 'hd-fedcba9876543210',
  flowArns: 'arn:aws:mediaconnect:us-east-1:111122223333:flow:1-ZzZzZzZzZzZzZzZz-0123456789ab:second',
};

/**
 * Takes the input of the example of a kind, with as many sources as there are pipelines.
 *
 * @throws Error with what to add where there is no example.
 */
export function exampleInput(kind: string, pipelines: 1 | 2): Input {
  const { input } = exampleOf(kind);
  const facts: InputKind = INPUT_KINDS[input.kind];
  const fitted = Object.entries(input).map(([option, value]) => {
    if (option !== facts.onePerPipeline || !Array.isArray(value)) return [option, value];
    return [option, [value[0], value[1] ?? SECOND[option] ?? value[0]].slice(0, pipelines)];
  });
  return Object.fromEntries(fitted) as Input;
}
