import { z } from 'zod';
import { field, type Problem, text } from './field';
import { type Input, inputProblems, inputSchema } from './input';

/** What a channel may have attached. @see https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html */
const MOST = { inputs: 20, pushed: 2, cdi: 1 } as const;

/** The kinds that MediaLive counts as push inputs; the others it pulls. */
const PUSHED: readonly unknown[] = [
  'rtmp-push',
  'rtmp-push-vpc',
  'rtp-push',
  'rtp-push-vpc',
  'srt-listener',
  'mediaconnect',
  'link-device',
  'cdi',
] satisfies Input['kind'][];

/** Inputs that a channel has beside its own, for a producer to switch to. */
export const preparedInputsSchema = z
  .array(
    z.strictObject({
      name: field(
        text(
          (name) => /^[a-z][a-z0-9-]{0,31}$/.test(name) && name !== 'backup',
          'a lower-case letter, then up to 31 lower-case letters, digits and hyphens, and not "backup",',
        ),
        {
          what: 'Name of the input: a lower-case letter, then up to 31 lower-case letters, digits and hyphens. Its attachment is called `<channel>-<name>`.',
          effect: 'The Output `<Channel>SwitchTo<Name>` is the command that switches to it.',
        },
      ),
      input: field(z.discriminatedUnion('kind', inputSchema.options), {
        what: 'The input, with the options of its kind under `channels[].input` above.',
        effect:
          'MediaLive charges every input for as long as the channel runs. A file begins at its start whenever it is switched to.',
      }),
    }),
  )
  .max(MOST.inputs - 1)
  .default([]);

interface Prepared {
  readonly name?: unknown;
  readonly input?: unknown;
}

/** What is wrong with the prepared inputs of a channel: sentences at paths below the channel. */
export function preparedInputsProblems(channel: Record<string, unknown>): readonly Problem[] {
  const { input, failover, preparedInputs, redundancy } = channel;
  if (!Array.isArray(preparedInputs) || preparedInputs.length === 0) return [];
  const prepared = preparedInputs.map(
    (each: unknown): Prepared => (typeof each === 'object' && each !== null ? each : {}),
  );
  const bare = prepared.map(({ name }) => (typeof name === 'string' ? name.replaceAll('-', '') : undefined));
  const names = bare.flatMap((name, index): readonly Problem[] => {
    const first = bare.indexOf(name);
    if (name === undefined || first === index) return [];
    const message = `"${prepared[index]?.name}" is already the name of preparedInputs[${first}]; every input needs a name of its own (hyphens do not count)`;
    return [{ path: ['preparedInputs', index, 'name'], message }];
  });
  const second = (failover as Prepared | null | undefined)?.input;
  const kinds = [input, ...(second === undefined ? [] : [second]), ...prepared.map((each) => each.input)].map(kindOf);
  return [
    ...names,
    ...prepared.flatMap((each, index) => inputProblems(each.input, redundancy, ['preparedInputs', index, 'input'])),
    ...tooMany('push inputs', kinds.filter((kind) => PUSHED.includes(kind)).length, MOST.pushed),
    ...tooMany('inputs of kind cdi', kinds.filter((kind) => kind === 'cdi').length, MOST.cdi),
    ...tooMany('inputs', kinds.length, MOST.inputs),
  ];
}

function tooMany(what: string, count: number, most: number): readonly Problem[] {
  if (count <= most) return [];
  const message = `with them the channel has ${count} ${what}; MediaLive attaches at most ${most}, input and failover among them`;
  return [{ path: ['preparedInputs'], message }];
}

/** Every input that a channel is described with, the one that it starts with first. */
export function inputsOf(channel: {
  readonly input: Input;
  readonly failover?: { readonly input: Input } | undefined;
  readonly preparedInputs: readonly { readonly input: Input }[];
}): readonly Input[] {
  const { input, failover, preparedInputs } = channel;
  return [input, ...(failover === undefined ? [] : [failover.input]), ...preparedInputs.map((each) => each.input)];
}

function kindOf(input: unknown): unknown {
  return (input as { kind?: unknown } | null | undefined)?.kind;
}
