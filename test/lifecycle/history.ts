import fc from 'fast-check';
import { VARIANTS, type Variant } from './variants';
import { MOODS, type Mood, type Seeds, World } from './world';

/** Errors of MediaLive that pass, in the order of its calls; deaths of invocations, after so many milliseconds. */
interface Weather {
  readonly api: readonly Mood[];
  readonly deaths: readonly number[];
  readonly duplicates: number;
  /** Parts of logical ids of resources that fail once. */
  readonly resources: readonly string[];
}

/** One step of a history. */
export type Step =
  | {
      readonly kind: 'deploy';
      readonly variant: number;
      readonly weather: Weather;
      /** What somebody does to the channel `main` while the deployment is under way. */
      readonly meanwhile: { readonly act: 'start' | 'stop'; readonly after: number } | null;
    }
  | { readonly kind: 'hand'; readonly act: 'start' | 'stop'; readonly name: 'main' | 'stage' }
  | { readonly kind: 'patrol' };

const weather: fc.Arbitrary<Weather> = fc.record({
  api: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.constantFrom(...MOODS), { maxLength: 30 })),
  deaths: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    // Lambda tries three times.
    fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 2 }),
  ),
  duplicates: fc.integer({ min: 0, max: 2 }),
  resources: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.array(
      fc.constantFrom(
        'EncodermainChannel',
        'Encodermain',
        'Inputmain',
        'Originmain',
        'EdgeDistribution',
        'Encoderstage',
        'Notices',
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('deploy' as const),
      variant: fc.integer({ min: 0, max: VARIANTS.length - 1 }),
      weather,
      meanwhile: fc.option(
        fc.record({
          act: fc.constantFrom('start' as const, 'stop' as const),
          after: fc.integer({ min: 0, max: 60_000 }),
        }),
        { freq: 8 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hand' as const),
      act: fc.constantFrom('start' as const, 'stop' as const),
      name: fc.constantFrom('main' as const, 'stage' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('patrol' as const) }) },
);

/** What happens to a stack from its first deployment to its deletion. */
export interface History {
  readonly steps: readonly Step[];
  /** Whether somebody deletes the channel `main` by hand before the stack is deleted. */
  readonly vanishing: boolean;
}

/** Random histories of a stack. */
export const histories: fc.Arbitrary<History> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  vanishing: fc.boolean(),
});

/** All types of resources that the templates have. */
const TYPES = [
  ...new Set(VARIANTS.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type))),
];

/** More than any deployment may take: creation, rollback and clean-up, each within the declared time-outs. */
const LONGEST_MILLISECONDS = 6 * 21 * 60_000;

/**
 * Lives through a history in the time that `pass` lets pass, and holds after every step that
 *
 * - every channel is in the state that it should be in,
 * - no running channel was interrupted without permission,
 * - every custom resource was answered once,
 * - nothing took longer than the declared time-outs;
 *
 * and after the stack is deleted, that nothing is left that costs money.
 *
 * @param pass - lets time pass until some work is over.
 * @throws Error that says which of these does not hold.
 */
export async function live(
  { steps, vanishing }: History,
  pass: <T>(work: Promise<T>) => Promise<T>,
  seeds: Seeds = {},
): Promise<void> {
  const world = new World(TYPES, seeds);
  let deployed: Variant | undefined;
  for (const [index, one] of steps.entries()) {
    const where = `step ${index + 1} (${one.kind}${one.kind === 'deploy' ? ` ${VARIANTS[one.variant]?.name}` : ''})`;
    switch (one.kind) {
      case 'hand':
        await pass(world.byHand(one.act, one.name));
        await pass(later(60_000));
        break;
      case 'patrol':
        await pass(world.patrol());
        break;
      case 'deploy':
        deployed = await deploy(world, one, deployed, pass, where);
        if (world.stack?.status === 'UPDATE_ROLLBACK_FAILED') return end(world, pass, where);
    }
  }
  if (vanishing) await pass(world.vanish('main'));
  return end(world, pass, 'the end');
}

async function deploy(
  world: World,
  { variant: chosen, weather: { api, deaths, duplicates, resources }, meanwhile }: Extract<Step, { kind: 'deploy' }>,
  old: Variant | undefined,
  pass: <T>(work: Promise<T>) => Promise<T>,
  where: string,
): Promise<Variant | undefined> {
  const variant = VARIANTS[chosen];
  if (variant === undefined) throw new Error('no such variant');
  const before = await pass(states(world, old));
  Object.assign(world.faults, { duplicates });
  world.faults.api.push(...api);
  world.faults.deaths.push(...deaths);
  world.faults.resources.push(...resources);
  const since = world.history.length;
  const ids = new Map(channelNames(old).map((name) => [name, world.channelId(name)]));
  const begun = Date.now();
  const hand = meanwhile === null ? undefined : later(meanwhile.after).then(() => world.byHand(meanwhile.act, 'main'));
  const succeeded = await pass(world.deploy(variant));
  hold(where, Date.now() - begun <= LONGEST_MILLISECONDS, `took ${Math.round((Date.now() - begun) / 60_000)} minutes`);
  await pass(Promise.all([hand, later(60_000), world.patrolled()]));
  world.faults.api.length = 0;
  world.faults.deaths.length = 0;
  world.faults.resources.length = 0;
  await pass(Promise.all([later(120_000), world.patrol()]));

  // Two things that go wrong may meet in the rollback, which then fails as CloudFormation's does.
  const fair = api.length + deaths.length === 0 && resources.length + (meanwhile === null ? 0 : 1) <= 1;
  hold(where, !fair || world.stack?.status !== 'UPDATE_ROLLBACK_FAILED', `the rollback failed: ${world.error}`);
  const now = succeeded ? variant : world.stack === undefined ? undefined : old;
  if (world.stack?.status === 'UPDATE_ROLLBACK_FAILED') return now;
  const after = await pass(states(world, now));
  for (const name of channelNames(now)) {
    if (name === 'main' && meanwhile !== null) continue;
    const may = succeeded
      ? wantedStates(name, variant, old, before.get(name))
      : keptStates(name, old, before.get(name));
    hold(
      where,
      may.includes(after.get(name) ?? ''),
      `${name} was ${before.get(name)}, and is ${after.get(name)}, not ${may.join(' or ')}; the deployment ${succeeded ? 'succeeded' : 'failed'}`,
    );
  }
  for (const [name, id] of ids) {
    const mayBeStopped =
      variant.stream.interruption === 'allow' ||
      (name === 'main' && meanwhile !== null) ||
      running(name, variant) !== true ||
      before.get(name) !== 'RUNNING';
    const stopped = world.history.slice(since).includes(`${id} STOPPING`);
    hold(where, mayBeStopped || !stopped, `${name} was running and was stopped without permission`);
  }
  answeredOnce(world, where);
  return now;
}

async function end(world: World, pass: <T>(work: Promise<T>) => Promise<T>, where: string): Promise<void> {
  Object.assign(world.faults, { api: [], deaths: [], duplicates: 0, resources: [] });
  await pass(world.destroy());
  await pass(later(60_000));
  const left = await pass(world.billable());
  hold(where, left.length === 0, `left after the stack was deleted: ${left.join(', ')}`);
}

/** What a channel may be after an update that succeeded: as described if the update came to it, else as it was. */
function wantedStates(name: string, now: Variant, old: Variant | undefined, before: string | undefined): string[] {
  const described = running(name, now) ? 'RUNNING' : 'IDLE';
  const touched = before === undefined || runProperties(name, now) !== runProperties(name, old);
  return touched ? [described] : [before];
}

/** What a channel may be after an update that was rolled back: as it was, or as described if it was not. */
function keptStates(name: string, old: Variant | undefined, before: string | undefined): string[] {
  const described = running(name, old) ? 'RUNNING' : 'IDLE';
  return before === undefined ? [] : [...new Set([before, described])];
}

function runProperties(name: string, variant: Variant | undefined): string {
  const found = Object.entries(variant?.template.Resources ?? {}).find(
    ([id, { Type }]) => Type === 'Custom::RunningState' && id.startsWith(`RunningState${name}`),
  );
  return JSON.stringify(found ?? '');
}

async function states(world: World, variant: Variant | undefined): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of channelNames(variant)) found.set(name, await world.state(name));
  return found;
}

function channelNames(variant: Variant | undefined): readonly string[] {
  return variant?.stream.channels.map(({ name }) => name) ?? [];
}

function running(name: string, variant: Variant | undefined): boolean | undefined {
  return variant?.stream.channels.find((channel) => channel.name === name)?.running;
}

function answeredOnce(world: World, where: string): void {
  const { never: unanswered } = world.responses.accounts;
  hold(where, unanswered === 0, `${unanswered} custom resources were never answered`);
}

function hold(where: string, holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`${where}: ${otherwise}`);
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
