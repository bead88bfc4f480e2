import { z } from 'zod';
import { field, type Problem, rule } from './field';
import { inputProblems } from './input';
import { mediaConnect } from './inputs/aws';
import { rtmpPush, rtmpPushVpc, rtpPush, rtpPushVpc } from './inputs/push';

const SEE = 'https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html';

/** What a threshold may be, in seconds, and no less than the API takes. */
const threshold = (least: number) => z.number().min(least).max(600);

const after = z
  .strictObject({
    inputLossSeconds: field(threshold(0.1).default(1), {
      what: 'For how long nothing may come from the active input before the other one is taken.',
      unit: 'seconds',
      effect: 'Lower shows viewers less of a loss; too low takes a hiccup of the network for one.',
      see: SEE,
    }),
    blackSeconds: field(threshold(1).optional(), {
      what: 'For how long the active input may be black before the other one is taken. Left out: black is no reason.',
      unit: 'seconds',
      effect: 'Lower than the longest black of the show itself, it switches within the show.',
    }),
    blackLevel: field(z.number().min(0).max(1).default(0.1), {
      what: 'How bright every pixel of a picture may be, as a part of white, for the picture to be black. Counts with `blackSeconds` alone.',
      effect: 'Higher takes dark pictures for black.',
    }),
    silenceSeconds: field(threshold(1).optional(), {
      what: 'For how long the active input may be silent (below -50 dBFS) before the other one is taken. Left out: silence is no reason.',
      unit: 'seconds',
    }),
  })
  .default({ inputLossSeconds: 1, blackLevel: 0.1 });

/** The kinds of input that MediaLive pairs and CloudFormation can make both of. */
const paired = [rtmpPush, rtmpPushVpc, rtpPush, rtpPushVpc, mediaConnect] as const;
const PAIRED: readonly unknown[] = paired.flatMap((kind) => [...kind.shape.kind.values]);

/** A second input that carries the same show, and when MediaLive takes it in place of the first. */
export const failoverSchema = z
  .strictObject({
    input: field(z.discriminatedUnion('kind', paired), {
      what: 'The second input, of the same kind as `input`, with the options of that kind under `input` above. It brings the same show by another way: another encoder, network or flow. Publishers of both must send all the time; flows of MediaConnect must be in the zones of those of `input`.',
      effect: 'MediaLive charges it as the first one, for as long as the channel runs.',
      see: SEE,
    }),
    after: field(after, { what: 'What is wrong with the active input when MediaLive takes the other one.' }),
    prefer: field(z.enum(['primary', 'either']).default('primary'), {
      what: 'Whether MediaLive goes back to `input` once it is healthy again, or stays where it is.',
      effect: '`either` spares viewers the second switch, and leaves open which of the two is on air.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/aif-behavior-startup.html',
    }),
    returnSeconds: field(threshold(1).default(30), {
      what: 'For how long an input must have been without fault before it counts as healthy again: at least 2 seconds more than the largest of `after`.',
      unit: 'seconds',
      effect: 'Higher keeps an input that comes and goes off the air.',
    }),
  })
  .check(rule('object', returnProblems));

/** The failover of a channel, as described. */
export type Failover = z.infer<typeof failoverSchema>;

/** How much longer than the largest threshold an input must be well, as MediaLive asks. */
const RETURN_MARGIN_SECONDS = 2;

/**
 * An input that counts as healthy before it could have been found at fault: MediaLive refuses it.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/automatic-input-failover.html
 */
function returnProblems({ after, returnSeconds = 30 }: Record<string, unknown>): readonly Problem[] {
  const { inputLossSeconds = 1, blackSeconds, silenceSeconds } = (after ?? {}) as Record<string, unknown>;
  const thresholds = Object.entries({ inputLossSeconds, blackSeconds, silenceSeconds }).flatMap(([name, seconds]) =>
    typeof seconds === 'number' && Number.isFinite(seconds) ? [{ name, seconds }] : [],
  );
  const [largest] = thresholds.sort((one, other) => other.seconds - one.seconds);
  if (largest === undefined || typeof returnSeconds !== 'number') return [];
  const least = Math.round((largest.seconds + RETURN_MARGIN_SECONDS) * 1000) / 1000;
  if (!(returnSeconds < least)) return [];
  const message = `${returnSeconds} s beside after.${largest.name} of ${largest.seconds} s; MediaLive needs at least ${RETURN_MARGIN_SECONDS} s more than the largest threshold: ${least} or more`;
  return [{ path: ['returnSeconds'], message }];
}

/** What is wrong with the second input of a channel: sentences at paths below the channel. */
export function failoverProblems({ input, failover, redundancy }: Record<string, unknown>): readonly Problem[] {
  if (typeof failover !== 'object' || failover === null) return [];
  const [kind, second] = [kindOf(input), kindOf((failover as { input?: unknown }).input)];
  if (typeof kind === 'string' && !PAIRED.includes(kind)) {
    const message = `an input of kind ${kind} has no failover; MediaLive pairs two inputs of kind ${PAIRED.join(', ')}`;
    return [{ path: ['failover'], message }];
  }
  if (PAIRED.includes(kind) && PAIRED.includes(second) && kind !== second) {
    const message = `"${second}" was given beside an input of kind ${kind}; MediaLive pairs two inputs of the same kind`;
    return [{ path: ['failover', 'input', 'kind'], message }];
  }
  // What the redundancy must be is said of the first input already: it is of the same kind.
  return inputProblems((failover as { input?: unknown }).input, redundancy, ['failover', 'input']).filter(
    ({ path }) => path[0] !== 'redundancy',
  );
}

function kindOf(input: unknown): unknown {
  return (input as { kind?: unknown } | null | undefined)?.kind;
}
