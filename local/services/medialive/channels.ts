import type {
  Cloud,
  NodeStatus,
  ObjectStore,
  PackagerIngest,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
} from '../../cloud';
import { checkInput, checkRole, packagerChannel } from './channel-checks';
import { type ChannelProperties, channelProperties } from './channel-properties';
import { type ChannelEvent, type ChannelState, nextState } from './channel-state';
import type { Preset } from './ffmpeg-arguments';
import type { IngestSource } from './ingest';
import type { Input } from './inputs';
import { type Means, screenName } from './means';
import { Pipelines, type PipelinesPlan } from './pipelines';
import type { Registry } from './registry';
import { ServiceError } from './service-error';

/** A channel, its state and, while it runs, its processes. */
export interface Channel {
  readonly id: string;
  readonly arn: string;
  readonly properties: ChannelProperties;
  /** Its name on the screen. */
  readonly screenName: string;
  state: ChannelState;
  pipelines: Pipelines | undefined;
}

/** What channels need of the rest of the cloud. */
export interface ChannelSurroundings {
  readonly cloud: Cloud;
  readonly packager: PackagerIngest;
  readonly objects: ObjectStore;
  readonly means: Means;
  readonly preset: Preset;
}

/** How long a change of state takes here, in milliseconds; in the service, up to minutes. */
const DELAY = { CREATING: 300, STARTING: 200, STOPPING: 300, DELETING: 100 } as const;

/** `AWS::MediaLive::Channel`, and the running of channels. */
export class Channels implements ResourceProvider {
  /** Changes of state under way, so that a stop of the run can wait for them. */
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly channels: Registry<Channel>,
    private readonly inputs: Registry<Input>,
    private readonly around: ChannelSurroundings,
  ) {}

  async create(request: ResourceRequest): Promise<ResourceState> {
    const properties = channelProperties(request.properties);
    const id = this.channels.newId();
    const arn = this.channels.arn(id);
    const input = this.inputs.get(properties.input.id);
    checkInput(properties, input);
    const { arn: packagerArn } = packagerChannel(this.around.packager, properties.destination);
    checkRole(this.around.cloud, properties, arn, packagerArn, input);
    const name = screenName(properties.name, request.stackName);
    const channel: Channel = { id, arn, properties, screenName: name, state: 'CREATING', pipelines: undefined };
    if (properties.withoutEffect.length > 0) {
      this.around.cloud.tell(`encoder ${name}`, `no effect here: ${properties.withoutEffect.join(', ')}`);
    }
    this.channels.add(id, channel);
    input.channel = id;
    await delay(DELAY.CREATING);
    this.step(channel, 'created');
    return { physicalId: id, ref: id, attributes: { Arn: arn, Id: id, Inputs: [input.id] } };
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    const channel = this.channels.find(physicalId);
    if (channel === undefined) return;
    if (nextState(channel.state, 'delete') === undefined) {
      throw new ServiceError(
        'ConflictException',
        'Cannot delete a channel that has not been stopped yet. Please stop the channel before deleting it.',
      );
    }
    this.step(channel, 'delete');
    await delay(DELAY.DELETING);
    this.step(channel, 'deleted');
    const input = this.inputs.find(channel.properties.input.id);
    if (input !== undefined) input.channel = undefined;
    this.channels.remove(physicalId);
  }

  /**
   * Begins to start an idle channel.
   *
   * @throws ServiceError (ConflictException) when it is not idle, (BadRequestException) when its clip is not there.
   */
  start(channel: Channel): void {
    this.require(channel, 'start');
    const pipelines = this.pipelines(channel);
    this.step(channel, 'start');
    channel.pipelines = pipelines;
    this.later(DELAY.STARTING, async () => {
      this.step(channel, 'started');
      pipelines.start();
    });
  }

  /** Begins to stop a running channel. @throws ServiceError (ConflictException) when it does not run. */
  stop(channel: Channel): void {
    this.require(channel, 'stop');
    this.step(channel, 'stop');
    this.later(DELAY.STOPPING, async () => {
      await channel.pipelines?.stop();
      channel.pipelines = undefined;
      this.step(channel, 'stopped');
    });
  }

  /** Ends the processes of all channels, whatever their state. */
  async shutDown(): Promise<void> {
    await Promise.all(this.underWay);
    await Promise.all(this.channels.all().map(async (channel) => channel.pipelines?.stop()));
  }

  status(): readonly NodeStatus[] {
    return this.channels
      .all()
      .flatMap(
        ({ pipelines, screenName: name, state }) =>
          pipelines?.status() ?? [
            { node: `encoder ${name}`, state: 'stopped', detail: `channel ${state.toLowerCase()}` } as const,
          ],
      );
  }

  private pipelines(channel: Channel): Pipelines {
    const { properties } = channel;
    const input = this.inputs.get(properties.input.id);
    if (properties.channelClass === 'STANDARD') {
      const line =
        'the channel is of class STANDARD; pipeline 1 takes a publisher, but only pipeline 0 is encoded here';
      this.around.cloud.tell(`encoder ${channel.screenName}`, line);
    }
    const plan = {
      channel: channel.screenName,
      input: input.screenName,
      sources: this.sources(properties, input),
      plan: properties.plan,
      ingestUrl: packagerChannel(this.around.packager, properties.destination).urls[0],
      preset: this.around.preset,
    };
    return new Pipelines(plan, this.around.means, (event) => {
      if (nextState(channel.state, event) !== undefined) this.step(channel, event);
    });
  }

  private sources({ channelClass, loop }: ChannelProperties, input: Input): PipelinesPlan['sources'] {
    const { source } = input;
    const [first, second]: readonly IngestSource[] =
      source.type === 'RTMP_PUSH'
        ? source.endpoints.map((endpoint) => ({ kind: 'rtmp', endpoint }))
        : source.clips.slice(0, 1).map(({ url, bucket, key }) => {
            const file = this.around.objects.file(bucket, key);
            if (file !== undefined) return { kind: 'file', file, loop };
            throw new ServiceError('BadRequestException', `input ${input.name}: there is no object ${url}`);
          });
    if (first === undefined) throw new ServiceError('BadRequestException', `input ${input.name} has no source`);
    return channelClass === 'STANDARD' && second !== undefined ? [first, second] : [first];
  }

  private require(channel: Channel, event: ChannelEvent): void {
    if (nextState(channel.state, event) !== undefined) return;
    throw new ServiceError(
      'ConflictException',
      `Cannot ${event} channel ${channel.id}: it is ${channel.state}, and must be ${event === 'start' ? 'IDLE' : 'RUNNING'}`,
    );
  }

  private step(channel: Channel, event: ChannelEvent): void {
    channel.state = nextState(channel.state, event) ?? channel.state;
  }

  private later(milliseconds: number, change: () => Promise<void>): void {
    const done = delay(milliseconds)
      .then(change)
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
