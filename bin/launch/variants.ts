import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';
import { DIMENSIONS, description } from '../../lib/launch/choices';
import { type Choice, type Dimension, product, type Sample } from '../../lib/launch/dimension';
import { PLACEHOLDERS } from '../../lib/launch/free-texts';
import type { JsonObject } from '../../lib/launch/json';
import type { Variants } from '../../lib/launch/launch-template';
import { sourcePasswordStack, srtPassphraseStack } from '../../lib/launch/secrets';
import { LiveStreamingStack } from '../../lib/live-streaming-stack';
import type { LaunchBundles } from '../../lib/stream/bundles';
import { templatesOf } from '../templates-of';

type Origin = NonNullable<LiveStreamInput['origin']>;

/** The inputs of the synthesis of deploy templates. */
export interface Synthesis {
  readonly origin: Origin;
  readonly bundles: LaunchBundles;
  /** The feature flags of cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** Dimensions that occur together in one value, so that they must be varied together. */
const TOGETHER = [
  ['Profile', 'Redundancy', 'Latency', 'StopAfterInputLoss', 'StopAfterRunning'],
  ['Profile', 'Redundancy', 'Latency', 'Start'],
  ['Profile', 'Latency', 'Recording'],
  ['Profile', 'Audience'],
  ['Latency', 'Start', 'Recording', 'Audience'],
  ['Redundancy', 'Latency', 'Operations', 'Recording', 'Audience'],
  ['Input', 'Redundancy', 'Profile'],
  ['Input', 'Redundancy', 'Operations'],
];

/** Synthesizes the deploy template of each choice that can make a difference. */
export function variants(synthesis: Synthesis): Variants {
  const dimensions = DIMENSIONS.map((dimension) => ({
    ...dimension,
    options: dimension.options.filter(({ name }) => isPossible(dimension.name, name, synthesis.origin)),
  }));
  const others = dimensions.map(({ name }) => name).filter((name) => name !== 'Alerts');
  // Resources that exist only with an e-mail address are varied with everything else.
  const varied = [...TOGETHER, ...others.map((name) => ['Alerts', name])];
  // So are those that exist only for some inputs. All other options change at once, so that there are few choices.
  const changed = product(dimensions, ['Input', 'Redundancy']).map((choice) => ({
    ...choice,
    ...lastOptions(dimensions),
  }));
  const all = [...varied.flatMap((names) => product(dimensions, names)), ...changed];
  const choices = new Map(all.map((choice) => [JSON.stringify(choice), choice]));
  const samples: Sample<JsonObject>[] = [];
  const refused: Choice[] = [];
  for (const choice of choices.values()) {
    const template = deployTemplate(description(choice, synthesis.origin), synthesis);
    if (template === undefined) refused.push(choice);
    else samples.push({ choice, value: template });
  }
  return { dimensions, samples, refused, secrets: secretsOf(synthesis) };
}

/** Synthesizes the template that `cdk deploy` would use; undefined if the description is refused. */
export function deployTemplate(
  described: LiveStreamInput,
  { bundles, context }: Pick<Synthesis, 'bundles' | 'context'>,
): JsonObject | undefined {
  try {
    const stream = liveStream(described);
    const [template] = templatesOf(
      (app) => [new LiveStreamingStack(app, 'LiveStreaming', { stream, bundles, synthesizer: withoutBootstrap() })],
      context,
    );
    return template;
  } catch (error) {
    if (error instanceof DescriptionError) return undefined;
    throw error;
  }
}

/** Returns the last option of each dimension that is not varied with every input. */
function lastOptions(dimensions: readonly Dimension[]): Choice {
  const met = TOGETHER.filter((names) => names.includes('Input')).flat();
  const others = dimensions.filter(({ name }) => !met.includes(name));
  return Object.fromEntries(others.map(({ name, options }) => [name, options.at(-1)?.name ?? '']));
}

function secretsOf({ bundles, context }: Synthesis): Variants['secrets'] {
  const [password = {}, passphrase = {}] = templatesOf(
    (app) => [
      sourcePasswordStack(app, bundles.secureParameter, withoutBootstrap()),
      srtPassphraseStack(app, withoutBootstrap()),
    ],
    context,
  ).map(({ Resources }) => Resources as JsonObject);
  return { [PLACEHOLDERS.passwordParameter]: password, [PLACEHOLDERS.passphraseSecretArn]: passphrase };
}

function withoutBootstrap(): DefaultStackSynthesizer {
  return new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
}

/** Tells whether an option can be chosen at all, with one pipeline or with two. */
function isPossible(dimension: string, option: string, origin: Origin): boolean {
  return product(DIMENSIONS, ['Redundancy']).some((choice) => {
    try {
      liveStream(description({ ...choice, [dimension]: option }, origin));
      return true;
    } catch (error) {
      if (error instanceof DescriptionError) return false;
      throw error;
    }
  });
}
