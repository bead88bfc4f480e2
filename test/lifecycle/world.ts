import {
  type ApiHandler,
  CloudFormation,
  ControlPlane,
  CustomResourceResponses,
  DefaultBus,
  FakeDataPlane,
  quietCloud,
  type Service,
  type Stack,
} from 'small-cloud/testing';
import { guard, type Task } from '../../lambda/guard/handler';
import { FakeLambda } from './fake-lambda';
import { PACKAGER, providers } from './fake-resources';
import { moody, noFaults } from './faults';
import { functionHandler } from './functions';
import { listed, mediaLiveClient, request } from './media-live-client';
import { type Seeds, same } from './seeds';
import { clock } from './time';
import type { Variant } from './variants';

const STACK_NAME = 'live';
const ALIVE = () => true;

/**
 * A small cloud in the test's own time: the real CloudFormation engine, the real control plane of the local MediaLive,
 * the real code of the functions. All other resources are stand-ins. Everything fails when the faults say so.
 */
export class World {
  readonly faults = noFaults();
  readonly responses: CustomResourceResponses;
  /** Every state that a channel came to, in order: `1234567 RUNNING`. */
  readonly history: string[] = [];
  readonly notices: string[] = [];
  /** Error of the last deployment that failed. */
  error = '';
  private readonly plane: ControlPlane;
  private readonly engine: CloudFormation;
  private readonly api: ApiHandler;
  private deployed: Variant | undefined;
  /** Name of the channel that was started by hand before its Run was created, which would stop it. */
  private startedTooEarly: string | undefined;
  /** Patrols under way that an event started. */
  private readonly patrols = new Set<Promise<unknown>>();

  constructor(
    types: readonly string[],
    private readonly seeds: Seeds = {},
  ) {
    const bus = new DefaultBus();
    const cloud = quietCloud({
      events: bus,
      access: { roleAllows: () => true, roleTrusts: () => true, policyAllows: () => true, policyDenies: () => false },
    });
    this.responses = new CustomResourceResponses(cloud);
    this.plane = new ControlPlane(cloud, {
      dataPlane: new FakeDataPlane(),
      packager: PACKAGER,
      unforgiving: { eventualConsistencyMs: 500 },
    });
    this.api = moody((request) => this.plane.api(request), this.faults);
    const { api, responses, faults } = this;
    const surroundings = { api, responses, faults, seeds, stack: () => this.stack };
    this.engine = new CloudFormation(cloud, {
      services: [{ resources: providers(types, this.plane.resources, this.faults) } satisfies Service],
      lambda: new FakeLambda((arn, alive) => functionHandler(arn, alive, surroundings), this.faults),
      responses: this.responses,
      responseUrl: () => '',
    });
    bus.listen(({ source, detail }) => {
      if (source === 'aws.medialive' && 'state' in detail) {
        this.history.push(`${String(detail['channel_arn']).split(':').at(-1)} ${detail['state']}`);
      }
      const { status } = (detail['status-details'] ?? {}) as { status?: string };
      if (status === 'UPDATE_ROLLBACK_COMPLETE' && !seeds.withoutGuard) this.promptPatrol();
    });
  }

  get stack(): Stack | undefined {
    return this.engine.stack(STACK_NAME);
  }

  /** Creates or updates the stack. Deletes a stack that could not be created. @returns true on success */
  async deploy(described: Variant): Promise<boolean> {
    const variant = (this.seeds.variant ?? same)(described);
    const stack = { stackName: STACK_NAME, template: variant.template };
    const before = this.deployed;
    this.deployed = variant;
    try {
      if (this.stack === undefined) await this.engine.createStack(stack);
      else await this.engine.updateStack(stack);
      return true;
    } catch (error) {
      this.error = String(error);
      this.deployed = before;
      if ((error as Error).message.includes('No updates')) return true;
      if (this.stack !== undefined && before === undefined) await this.deleteFailed();
      return false;
    }
  }

  async destroy(): Promise<void> {
    if (this.stack !== undefined) await this.engine.deleteStack(STACK_NAME);
    this.deployed = undefined;
  }

  /**
   * Deletes a stack that could not be created. CloudFormation cannot delete a channel that was started by hand before
   * its Run was created; such a channel is stopped by hand, and the stack deleted again.
   */
  private async deleteFailed(): Promise<void> {
    try {
      await this.engine.deleteStack(STACK_NAME);
    } catch (error) {
      if (this.startedTooEarly === undefined) throw error;
      await this.byHand('stop', this.startedTooEarly);
      await clock.sleep(60_000);
      await this.engine.deleteStack(STACK_NAME);
    }
  }

  /** The MediaLive id of a channel of the stack, by its name in the description. */
  channelId(name: string): string | undefined {
    const found = [...(this.stack?.resources.values() ?? [])].find(
      ({ type, logicalId }) => type === 'AWS::MediaLive::Channel' && logicalId.startsWith(`Encoder${name}`),
    );
    return found?.state.physicalId;
  }

  /** Asks MediaLive for the state of a channel until it answers. */
  async state(name: string): Promise<string> {
    const id = this.channelId(name);
    return id === undefined ? 'MISSING' : (await mediaLiveClient(this.api, ALIVE).look(id)).state;
  }

  /** Starts or stops a channel as a person would in the console, without a second try. */
  async byHand(act: 'start' | 'stop', name: string): Promise<void> {
    const id = this.channelId(name);
    if (id === undefined) return;
    const lookedAfter = [...(this.stack?.resources.keys() ?? [])].some((one) =>
      one.startsWith(`RunningState${name}Run`),
    );
    if (act === 'start' && !lookedAfter) this.startedTooEarly = name;
    await mediaLiveClient(this.api, ALIVE)
      [act](id)
      .catch(() => {});
  }

  /** Stops and deletes a channel as a person would in the console. */
  async vanish(name: string): Promise<void> {
    const id = this.channelId(name);
    if (id === undefined) return;
    await this.byHand('stop', name);
    await clock.sleep(60_000);
    await this.plane.api(request('DELETE', `/prod/channels/${id}`));
    await clock.sleep(120_000);
  }

  /** Lets the guard make one patrol. */
  async patrol(): Promise<void> {
    const { deployed, stack } = this;
    if (deployed === undefined || stack === undefined || this.seeds.withoutGuard) return;
    const guarded = deployed.stream.channels.flatMap(({ name }) => {
      const id = this.channelId(name);
      return id === undefined ? [] : [{ id, name, usdPerHour: 1 }];
    });
    const task: Task = { task: 'patrol' };
    await guard(task, guarded, {
      channels: mediaLiveClient(this.api, ALIVE),
      stack: { resource: async () => undefined, status: async () => stack.status },
      notify: async (subject) => void this.notices.push(subject),
      clock,
      deadline: clock.now() + 600_000,
    });
  }

  /** Waits for patrols under way. */
  async patrolled(): Promise<void> {
    await Promise.all(this.patrols);
  }

  /** Everything in MediaLive that is not deleted, and would cost money. */
  async billable(): Promise<readonly string[]> {
    const [channels, inputs] = [
      await listed(this.plane.api, '/prod/channels'),
      await listed(this.plane.api, '/prod/inputs'),
    ];
    return [...channels, ...inputs].map((one) => JSON.stringify(one).slice(0, 80));
  }

  private promptPatrol(): void {
    const work = clock
      .sleep(1000)
      .then(() => this.patrol())
      .catch(() => {})
      .finally(() => this.patrols.delete(work));
    this.patrols.add(work);
  }
}
