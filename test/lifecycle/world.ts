import {
  type ApiHandler,
  type Cloud,
  CloudFormation,
  ControlPlane,
  CustomResourceResponses,
  DefaultBus,
  FakeDataPlane,
  quietCloud,
  type ResourceProvider,
  type Service,
  type Stack,
} from 'small-cloud/testing';
import type { OwnStack } from '../../lambda/channel-state/channels';
import { channelStateHandler } from '../../lambda/channel-state/handler';
import type { Clock } from '../../lambda/clock';
import { type CustomResourceHandler, customResource } from '../../lambda/custom-resource/respond';
import { type GuardedChannels, guard, type Task } from '../../lambda/guard/guard';
import { FakeLambda } from './fake-lambda';
import { anyResource } from './fake-resources';
import { ingestDestinations, mediaLiveClient } from './media-live-client';
import type { Variant } from './variants';

/** How MediaLive answers: as it should, or with what passes. `garbled`: it does as it is told, and its answer is lost. */
export const MOODS = ['well', 'throttled', 'unavailable', 'garbled'] as const;
export type Mood = (typeof MOODS)[number];

/** What goes wrong in a world; each is used up as it happens. */
export interface Faults {
  /** Answers of MediaLive's API in their order. */
  api: Mood[];
  /** Invocations in their order: after how many milliseconds they die. */
  deaths: number[];
  /** How many of the coming responses are delivered twice. */
  duplicates: number;
  /** How many of the coming creations and updates of resources fail. */
  resources: string[];
}

/** What a test may put in place of the real thing, to see whether its fault is found. */
export interface Seeds {
  readonly customResource?: typeof customResource;
  readonly channelState?: (real: CustomResourceHandler, channels: GuardedChannels) => CustomResourceHandler;
  readonly channels?: (real: GuardedChannels) => GuardedChannels;
  readonly ownStack?: (real: OwnStack) => OwnStack;
  readonly variant?: (real: Variant) => Variant;
  readonly withoutGuard?: true;
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export const STACK_NAME = 'live';
const ALIVE = () => true;

/**
 * A small cloud in the test's own time: the real CloudFormation engine, the real control plane of the local MediaLive,
 * the real code of the functions. All other resources are made of nothing, and fail when they are told to.
 */
export class World {
  readonly faults: Faults = { api: [], deaths: [], duplicates: 0, resources: [] };
  readonly responses: CustomResourceResponses;
  /** Every state that a channel came to, in order: `1234567 RUNNING`. */
  readonly history: string[] = [];
  readonly notices: string[] = [];
  /** Why the last deployment failed. */
  error = '';
  private readonly bus = new DefaultBus();
  private readonly cloud: Cloud;
  private readonly plane: ControlPlane;
  private readonly engine: CloudFormation;
  private readonly lambda: FakeLambda;
  private deployed: Variant | undefined;
  /** The channel that somebody started by hand before there was a Run that would stop it. */
  private startedTooEarly: string | undefined;
  /** Patrols that a rule made prompt. */
  private readonly patrols = new Set<Promise<unknown>>();

  constructor(
    types: readonly string[],
    private readonly seeds: Seeds = {},
  ) {
    this.cloud = quietCloud({
      events: this.bus,
      access: { roleAllows: () => true, roleTrusts: () => true, policyAllows: () => true },
    });
    this.responses = new CustomResourceResponses(this.cloud);
    this.plane = new ControlPlane(this.cloud, {
      dataPlane: new FakeDataPlane(),
      packager: { ingest: (group, name) => ({ arn: `arn:${group}/${name}`, urls: ['http://0/', 'http://1/'] }) },
      unforgiving: { eventualConsistencyMs: 500 },
    });
    this.lambda = new FakeLambda((arn, alive) => this.handler(arn, alive), this.faults);
    const others = Object.fromEntries(
      types
        .filter((type) => !(type in this.plane.resources) && !type.startsWith('Custom::'))
        .map((type) => [type, this.failing(anyResource(type))]),
    );
    const mediaLive = Object.entries(this.plane.resources).map(([type, real]) => [type, this.failing(real)]);
    this.engine = new CloudFormation(this.cloud, {
      services: [{ resources: { ...others, ...Object.fromEntries(mediaLive) } } satisfies Service],
      lambda: this.lambda,
      responses: this.responses,
      responseUrl: () => '',
    });
    this.bus.listen(({ source, detail }) => {
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

  /** MediaLive's API in the moods that the test gives it. */
  private readonly api: ApiHandler = async (request) => {
    const refused = (status: number, type: string) => ({ status, headers: { 'x-amzn-errortype': type }, body: '{}' });
    switch (this.faults.api.shift()) {
      case 'throttled':
        return refused(429, 'TooManyRequestsException');
      case 'unavailable':
        return refused(503, 'ServiceUnavailableException');
      case 'garbled':
        return { ...(await this.plane.api(request)), body: '<html>' };
      default:
        return this.plane.api(request);
    }
  };

  /** Creates or updates the stack. Resolves to whether that succeeded; a stack that could not be created is deleted. */
  async deploy(described: Variant): Promise<boolean> {
    const variant = (this.seeds.variant ?? same)(described);
    const request = { stackName: STACK_NAME, template: variant.template };
    const before = this.deployed;
    this.deployed = variant;
    try {
      if (this.stack === undefined) await this.engine.createStack(request);
      else await this.engine.updateStack(request);
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
   * Deletes a stack that could not be created. CloudFormation cannot delete a channel that somebody started by hand
   * before its Run was created: who started it stops it, and deletes the stack again.
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

  /** State of a channel as MediaLive describes it, asked until it answers. */
  async state(name: string): Promise<string> {
    const id = this.channelId(name);
    return id === undefined ? 'MISSING' : (await mediaLiveClient(this.api, ALIVE).look(id)).state;
  }

  /** Starts or stops a channel as somebody would in the console: refused is refused. */
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

  /** Deletes a channel as somebody would in the console: an idle one. */
  async vanish(name: string): Promise<void> {
    const id = this.channelId(name);
    if (id === undefined) return;
    await this.byHand('stop', name);
    await clock.sleep(60_000);
    await this.plane.api({
      method: 'DELETE',
      path: `/prod/channels/${id}`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      roleArn: undefined,
    });
    await clock.sleep(120_000);
  }

  /** What the guard does at each of its patrols. */
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

  /** What MediaLive would charge for: everything that is not deleted. */
  async billable(): Promise<readonly string[]> {
    const list = async (path: string) => {
      const answer = await this.plane.api({
        method: 'GET',
        path,
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.alloc(0),
        roleArn: undefined,
      });
      return Object.values(JSON.parse(String(answer.body)) as Record<string, unknown[]>).flat();
    };
    this.faults.api.length = 0;
    const found = [...(await list('/prod/channels')), ...(await list('/prod/inputs'))];
    return found.map((one) => JSON.stringify(one).slice(0, 80));
  }

  /** A resource as DescribeStackResource tells it. */
  private resource(logicalId: string) {
    const physicalId = this.stack?.resources.get(logicalId)?.state.physicalId;
    const status = this.stack?.events.findLast((event) => event.logicalId === logicalId)?.status ?? '';
    return physicalId === undefined ? undefined : { physicalId, status };
  }

  private handler(functionArn: string, alive: () => boolean) {
    const { seeds } = this;
    const channels = (seeds.channels ?? same)(mediaLiveClient(this.api, alive));
    const real = channelStateHandler({
      channels,
      clock,
      ingestDestinations: (id) => ingestDestinations(this.api, id),
      ownStack: () =>
        (seeds.ownStack ?? same)({
          resource: async (logicalId) => this.resource(logicalId),
          status: async () => this.stack?.status ?? 'UNKNOWN',
        }),
    });
    const placed: CustomResourceHandler = {
      physicalId: ({ LogicalResourceId }) => `placed-${LogicalResourceId}`,
      handle: async ({ LogicalResourceId }) => ({ physicalId: `placed-${LogicalResourceId}` }),
    };
    const handler = functionArn.includes('ChannelState') ? (seeds.channelState ?? same)(real, channels) : placed;
    return (seeds.customResource ?? customResource)(handler, async (url, body) => {
      // A dead invocation sends nothing.
      if (!alive()) return new Promise<never>(() => {});
      await clock.sleep(20);
      if (!alive()) return new Promise<never>(() => {});
      const token = url.split('/').at(-1) ?? '';
      const { status } = this.responses.receive(token, Buffer.from(body));
      if (this.faults.duplicates > 0) {
        this.faults.duplicates -= 1;
        this.responses.receive(token, Buffer.from(body));
      }
      return { ok: status < 300, status };
    });
  }

  /** A provider whose creations and updates fail when they are told to, by a part of the logical id. */
  private failing(real: ResourceProvider): ResourceProvider {
    const mayFail = (logicalId: string) => {
      const index = this.faults.resources.findIndex((part) => logicalId.includes(part));
      if (index < 0) return;
      this.faults.resources.splice(index, 1);
      throw new Error(`${logicalId} was told to fail`);
    };
    const { update } = real;
    return {
      ...(real.replacedBy === undefined ? {} : { replacedBy: real.replacedBy }),
      create: async (request) => {
        mayFail(request.logicalId);
        return real.create(request);
      },
      delete: (state, request) => real.delete(state, request),
      ...(update === undefined
        ? {}
        : {
            update: async (state, request, previous) => {
              mayFail(request.logicalId);
              return update.call(real, state, request, previous);
            },
          }),
    };
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

function same<T>(one: T): T {
  return one;
}
