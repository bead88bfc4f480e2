import { z } from 'zod';
import { explain } from './field';
import { factsOf, INPUT_KINDS, type Input, inputOfKinds, sourceProblems } from './input';
import { type Partly, type Report, rule } from './rule';

const SEE = 'https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html';

type Kind = (typeof INPUT_KINDS)[keyof typeof INPUT_KINDS];

/** The kinds of input that can be a failover. */
const PAIRED = Object.values(INPUT_KINDS).filter((kind): kind is Extract<Kind, { failover: true }> => kind.failover);

/** A threshold in seconds, at least what MediaLive takes. */
const threshold = (least: number) => z.number().min(least).max(600);

const after = z
  .strictObject({
    inputLossSeconds: threshold(0.1).default(1),
    blackSeconds: threshold(1).optional(),
    blackLevel: z.number().min(0).max(1).default(0.1),
    silenceSeconds: threshold(1).optional(),
  })
  .default({ inputLossSeconds: 1, blackLevel: 0.1 });

const failover = z.strictObject({
  input: inputOfKinds(PAIRED),
  after,
  prefer: z.enum(['primary', 'either']).default('primary'),
  returnSeconds: threshold(1).default(30),
});

/** A second input that carries the same programme, and when MediaLive switches to it. */
export const failoverSchema = failover.check(rule(returnProblems));

/** The failover of a channel, as described. */
export type Failover = z.infer<typeof failover>;

explain(after.def.innerType.shape, {
  inputLossSeconds: {
    what: 'How long nothing may come from the active input before MediaLive switches.',
    unit: 'seconds',
    effect: 'Lower hides more of a loss from viewers; too low switches on every hiccup of the network.',
    see: SEE,
  },
  blackSeconds: {
    what: 'How long the active input may be black before MediaLive switches. Left out: black is no reason to switch.',
    unit: 'seconds',
    effect: 'If this is shorter than the longest black passage of your programme, failover will trigger during it.',
  },
  blackLevel: {
    what: 'How bright the pixels of a frame may be for the frame to count as black, as a fraction of white. Has an effect with `blackSeconds` only.',
    effect: 'Higher takes dark frames for black.',
  },
  silenceSeconds: {
    what: 'How long the active input may be silent (below -50 dBFS) before MediaLive switches. Left out: silence is no reason to switch.',
    unit: 'seconds',
  },
});

explain(failover.shape, {
  input: {
    what: 'The second input, of the same kind as `input`, with the options of that kind under `input` above. It brings the same programme by another way: another encoder, network or flow. Publishers must send to both all the time; MediaConnect flows must be in the zones of those of `input`.',
    effect: 'MediaLive charges it like the first one, for as long as the channel runs.',
    see: SEE,
  },
  after: { what: 'The faults of the active input that make MediaLive switch.' },
  prefer: {
    what: 'Whether MediaLive switches back to `input` once that is healthy again, or stays where it is.',
    effect: '`either` spares viewers the second switch, and leaves open which of the two is on air.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/aif-behavior-startup.html',
  },
  returnSeconds: {
    what: 'How long an input must have been without fault before it counts as healthy again: at least 2 seconds more than the largest of `after`.',
    unit: 'seconds',
    effect: 'Higher keeps an unstable input off the air for longer.',
  },
});

/** Seconds by which `returnSeconds` must exceed the largest threshold, as MediaLive asks. */
const RETURN_MARGIN_SECONDS = 2;

/**
 * Refuses an input that would count as healthy before it could have been found at fault, as MediaLive does.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html
 */
function returnProblems({ after: given, returnSeconds }: Partly<z.infer<typeof failover>>, problem: Report): void {
  const { inputLossSeconds, blackSeconds, silenceSeconds } = given ?? {};
  let largest = { name: '', seconds: 0 };
  for (const [name, seconds = 0] of Object.entries({ inputLossSeconds, blackSeconds, silenceSeconds })) {
    if (seconds > largest.seconds) largest = { name, seconds };
  }
  if (largest.seconds === 0 || returnSeconds === undefined) return;
  const least = Math.round((largest.seconds + RETURN_MARGIN_SECONDS) * 1000) / 1000;
  if (returnSeconds >= least) return;
  problem(
    ['returnSeconds'],
    `${returnSeconds} s beside after.${largest.name} of ${largest.seconds} s; MediaLive needs at least ${RETURN_MARGIN_SECONDS} s more than the largest threshold: ${least} or more`,
  );
}

/** The parts of a channel that its failover must fit. */
interface Fitted {
  readonly input: Input;
  readonly failover: Failover;
  readonly redundancy: 'single-pipeline' | 'two-pipelines';
}

/** Checks that the second input of a channel fits the first. Paths are below the channel. */
export function failoverProblems({ input, failover: second, redundancy }: Partly<Fitted>, problem: Report): void {
  if (second === undefined) return;
  const facts = factsOf(input);
  if (facts !== undefined && !facts.failover) {
    const kinds = PAIRED.flatMap(({ schema }) => [...schema.shape.kind.values]).join(', ');
    problem(
      ['failover'],
      `an input of kind ${input?.kind} has no failover; MediaLive pairs two inputs of kind ${kinds}`,
    );
    return;
  }
  if (facts !== undefined && second.input?.kind !== undefined && second.input.kind !== input?.kind) {
    problem(
      ['failover', 'input', 'kind'],
      `"${second.input.kind}" was given beside an input of kind ${input?.kind}; MediaLive pairs two inputs of the same kind`,
    );
    return;
  }
  sourceProblems({ input: second.input, redundancy, path: ['failover', 'input'] }, problem);
}
