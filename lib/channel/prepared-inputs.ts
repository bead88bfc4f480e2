import { z } from 'zod';
import { explain, stringThat } from './field';
import { factsOf, INPUT_KINDS, type Input, inputOfKinds, sourceProblems } from './input';
import type { Partly, Report } from './rule';

/** The most inputs that a channel may have attached. @see https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html */
const MOST = { inputs: 20, pushed: 2 } as const;

const prepared = z.strictObject({
  name: stringThat(
    (name) => /^[a-z][a-z0-9-]{0,31}$/.test(name) && name !== 'backup',
    'a lower-case letter, then up to 31 lower-case letters, digits and hyphens, and not "backup",',
  ),
  input: inputOfKinds(Object.values(INPUT_KINDS)),
});

explain(prepared.shape, {
  name: {
    what: 'Name of the input: a lower-case letter, then up to 31 lower-case letters, digits and hyphens. Its attachment is called `<channel>-<name>`.',
    effect: 'The Output `<Channel>SwitchTo<Name>` is the command that switches to it.',
  },
  input: {
    what: 'The input, with the options of its kind under `channels[].input` above.',
    effect:
      'MediaLive charges every input for as long as the channel runs. A file starts from its beginning on every switch to it.',
  },
});

/** Inputs that a channel has beside its own, for a producer to switch to. */
export const preparedInputsSchema = z
  .array(prepared)
  .max(MOST.inputs - 1)
  .default([]);

/** The inputs of a channel and its redundancy. */
interface Attached {
  readonly input: Input;
  readonly failover: { readonly input: Input };
  readonly preparedInputs: z.infer<typeof preparedInputsSchema>;
  readonly redundancy: 'single-pipeline' | 'two-pipelines';
}

/** Checks the prepared inputs of a channel. Paths are below the channel. */
export function preparedInputsProblems(channel: Partly<Attached>, problem: Report): void {
  const { input, failover, preparedInputs = [], redundancy } = channel;
  if (preparedInputs.length === 0) return;
  nameProblems(preparedInputs, problem);
  for (const [index, each] of preparedInputs.entries()) {
    sourceProblems({ input: each?.input, redundancy, path: ['preparedInputs', index, 'input'] }, problem);
  }
  const others = preparedInputs.map((each) => each?.input);
  const attached = failover === undefined ? [input, ...others] : [input, failover.input, ...others];
  countProblems(attached, problem);
}

function nameProblems(inputs: Partly<Attached['preparedInputs']>, problem: Report): void {
  const bare = inputs.map((each) => each?.name?.replaceAll('-', ''));
  for (const [index, name] of bare.entries()) {
    const first = bare.indexOf(name);
    if (name === undefined || first === index) continue;
    problem(
      ['preparedInputs', index, 'name'],
      `"${inputs[index]?.name}" is already the name of preparedInputs[${first}]; every input needs a name of its own (hyphens do not count)`,
    );
  }
}

function countProblems(attached: readonly (Partly<Input> | undefined)[], problem: Report): void {
  const tooMany = (what: string, count: number, most: number) => {
    if (count <= most) return;
    problem(
      ['preparedInputs'],
      `with them the channel has ${count} ${what}; MediaLive attaches at most ${most}, input and failover among them`,
    );
  };
  tooMany('push inputs', attached.filter((input) => factsOf(input)?.direction === 'push').length, MOST.pushed);
  for (const [kind, facts] of Object.entries(INPUT_KINDS)) {
    if (!('mostAttached' in facts)) continue;
    tooMany(`inputs of kind ${kind}`, attached.filter((input) => input?.kind === kind).length, facts.mostAttached);
  }
  tooMany('inputs', attached.length, MOST.inputs);
}

/** Every input that a channel is described with, the one that it starts with first. */
export function inputsOf(channel: {
  readonly input: Input;
  readonly failover?: { readonly input: Input } | undefined;
  readonly preparedInputs: readonly { readonly input: Input }[];
}): readonly Input[] {
  const { input, failover, preparedInputs } = channel;
  const prepared = preparedInputs.map((each) => each.input);
  return failover === undefined ? [input, ...prepared] : [input, failover.input, ...prepared];
}
