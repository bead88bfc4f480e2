import { answeredOnce, channelNames, hold, keptStates, type Pass, running, states, wantedStates } from './expectations';
import type { Step } from './histories';
import { later } from './time';
import { VARIANTS, type Variant } from './variants';
import type { World } from './world';

/** Longer than any deployment may take: creation, rollback and clean-up, each within the declared time-outs. */
const LONGEST_MILLISECONDS = 6 * 21 * 60_000;

type DeployStep = Extract<Step, { kind: 'deploy' }>;

/** State of the channels before a deployment. */
interface Before {
  readonly states: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, string | undefined>;
  /** Length of the world's history. */
  readonly since: number;
}

/** One deployment of a history: lets it happen with its faults, and expects what has to hold after it. */
export class Deployment {
  private readonly variant: Variant;

  /**
   * @param old - the description that is deployed; undefined before the first one.
   * @param around - how time passes, and the step's name for errors.
   */
  constructor(
    private readonly world: World,
    private readonly step: DeployStep,
    private readonly old: Variant | undefined,
    private readonly around: { readonly pass: Pass; readonly where: string },
  ) {
    const variant = VARIANTS[step.variant];
    if (variant === undefined) throw new Error(`There is no variant ${step.variant}`);
    this.variant = variant;
  }

  /** @returns the description that is deployed now; undefined if the stack is gone. */
  async live(): Promise<Variant | undefined> {
    const { world, old, variant } = this;
    const { pass } = this.around;
    const before: Before = {
      states: await pass(states(world, old)),
      ids: new Map(channelNames(old).map((name) => [name, world.channelId(name)])),
      since: world.history.length,
    };
    const succeeded = await this.deploy();
    await this.settle();
    this.expectRollback();
    const kept = world.stack === undefined ? undefined : old;
    const now = succeeded ? variant : kept;
    if (world.stack?.status === 'UPDATE_ROLLBACK_FAILED') return now;
    await this.expectStates(now, before, succeeded);
    this.expectNoInterruption(before);
    answeredOnce(world, this.around.where);
    return now;
  }

  /** Deploys with the faults of the step. @returns true on success */
  private async deploy(): Promise<boolean> {
    const { world, step, variant } = this;
    const { pass, where } = this.around;
    const { api, deaths, duplicates, resources } = step.weather;
    world.faults.duplicates = duplicates;
    world.faults.api.push(...api);
    world.faults.deaths.push(...deaths);
    world.faults.resources.push(...resources);
    const begun = Date.now();
    const hand = this.byHand();
    const succeeded = await pass(world.deploy(variant));
    const took = Date.now() - begun;
    hold(where, took <= LONGEST_MILLISECONDS, `took ${Math.round(took / 60_000)} minutes`);
    await pass(Promise.all([hand, later(60_000), world.patrolled()]));
    return succeeded;
  }

  /** Starts or stops a channel by hand while the deployment is under way, if the step says so. */
  private async byHand(): Promise<void> {
    const { meanwhile } = this.step;
    if (meanwhile === null) return;
    await later(meanwhile.after);
    await this.world.byHand(meanwhile.act, 'main');
  }

  /** Ends the faults and lets the guard patrol once more. */
  private async settle(): Promise<void> {
    const { faults } = this.world;
    faults.api.length = 0;
    faults.deaths.length = 0;
    faults.resources.length = 0;
    await this.around.pass(Promise.all([later(120_000), this.world.patrol()]));
  }

  /** Allows a rollback to fail when two faults meet in it, as they may in CloudFormation. */
  private expectRollback(): void {
    const { api, deaths, resources } = this.step.weather;
    const others = resources.length + (this.step.meanwhile === null ? 0 : 1);
    const fair = api.length + deaths.length === 0 && others <= 1;
    const failed = this.world.stack?.status === 'UPDATE_ROLLBACK_FAILED';
    hold(this.around.where, !fair || !failed, `the rollback failed: ${this.world.error}`);
  }

  private async expectStates(now: Variant | undefined, { states: before }: Before, succeeded: boolean): Promise<void> {
    const { world, old, variant, step } = this;
    const after = await this.around.pass(states(world, now));
    for (const name of channelNames(now)) {
      if (name === 'main' && step.meanwhile !== null) continue;
      const was = before.get(name);
      const may = succeeded ? wantedStates(name, variant, old, was) : keptStates(name, old, was);
      const is = after.get(name) ?? '';
      const outcome = succeeded ? 'succeeded' : 'failed';
      hold(
        this.around.where,
        may.includes(is),
        `${name} was ${was}, and is ${is}, not ${may.join(' or ')}; the deployment ${outcome}`,
      );
    }
  }

  private expectNoInterruption({ states: before, ids, since }: Before): void {
    const { world, variant, step } = this;
    for (const [name, id] of ids) {
      const mayBeStopped =
        variant.stream.interruption === 'allow' ||
        (name === 'main' && step.meanwhile !== null) ||
        running(name, variant) !== true ||
        before.get(name) !== 'RUNNING';
      const stopped = world.history.slice(since).includes(`${id} STOPPING`);
      hold(this.around.where, mayBeStopped || !stopped, `${name} was running and was stopped without permission`);
    }
  }
}
