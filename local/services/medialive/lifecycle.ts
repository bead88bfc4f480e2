import type { Cloud, NodeStatus } from '../../cloud';
import { type Channel, channelSources, raiseInputLoss, requireState } from './channel';
import { type Takers, taker } from './channel-checks';
import { stateEvent } from './channel-events';
import { type ChannelEvent, nextState } from './channel-state';
import type { DataPlane, Run } from './data-plane';
import { detachInput, type Input } from './input';
import { InputWatch } from './input-watch';
import type { Registry } from './registry';
import { type Duration, passing, TIMING } from './timing';

/** What running channels need of the rest of the cloud. */
export interface LifecycleSurroundings {
  readonly cloud: Cloud;
  readonly takers: Takers;
  readonly dataPlane: DataPlane;
}

/** Takes channels from state to state, and what runs with them. */
export class Lifecycle {
  /** Changes of state under way, so that a stop of the run can wait for them. */
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly channels: Registry<Channel>,
    private readonly inputs: Registry<Input>,
    private readonly around: LifecycleSurroundings,
  ) {}

  /**
   * Begins to start an idle channel.
   *
   * @throws ServiceError (ConflictException) when it is not idle.
   */
  start(channel: Channel): void {
    requireState(channel, 'start');
    const run = this.prepare(channel);
    this.step(channel, 'start');
    channel.run = run;
    this.later(TIMING.channelStarting, async () => {
      this.step(channel, 'started');
      channel.watch = this.watch(channel);
      run.start();
    });
  }

  /** Begins to stop a running channel. @throws ServiceError (ConflictException) when it does not run. */
  stop(channel: Channel): void {
    this.step(channel, 'stop');
    channel.watch?.end();
    channel.watch = undefined;
    this.later(TIMING.channelStopping, async () => {
      await channel.run?.stop();
      channel.run = undefined;
      channel.alerts.clear();
      this.step(channel, 'stopped');
    });
  }

  /** Begins to restart pipeline 0. @throws ServiceError (ConflictException) when the channel does not run. */
  restart(channel: Channel): void {
    this.step(channel, 'encoder-lost');
    const { run } = channel;
    channel.watch?.receiving(0, false);
    const restarted = run?.restart();
    this.later(TIMING.pipelineRestarting, async () => {
      await restarted;
      if (channel.run === run && nextState(channel.state, 'encoder-back')) this.step(channel, 'encoder-back');
    });
  }

  /**
   * Begins to delete a channel; its input is free when the channel is gone.
   *
   * @throws ServiceError (ConflictException) when it is not idle.
   */
  delete(channel: Channel): Promise<void> {
    this.step(channel, 'delete');
    channel.deletion = this.later(TIMING.channelDeleting, async () => {
      this.step(channel, 'deleted');
      const input = this.inputs.find(channel.properties.input.id);
      if (input?.channel === channel.id) detachInput(input);
      this.channels.remove(channel.id);
    });
    return channel.deletion;
  }

  /** Takes a channel to its next state. @throws ServiceError (ConflictException) when its state forbids it. */
  step(channel: Channel, event: ChannelEvent): void {
    requireState(channel, event);
    channel.state = nextState(channel.state, event) ?? channel.state;
    this.around.cloud.events.put(stateEvent(channel.arn, event, channel.state));
  }

  /** Ends what runs for any channel, whatever their state. */
  async shutDown(): Promise<void> {
    await Promise.all(this.underWay);
    await Promise.all(
      this.channels.all().map(async ({ run, watch }) => {
        watch?.end();
        await run?.stop();
      }),
    );
  }

  status(): readonly NodeStatus[] {
    return this.channels
      .all()
      .flatMap(
        ({ run, screenName: name, state }) =>
          run?.status() ?? [
            { node: `encoder ${name}`, state: 'stopped', detail: `channel ${state.toLowerCase()}` } as const,
          ],
      );
  }

  private prepare(channel: Channel): Run {
    const { cloud, dataPlane, takers } = this.around;
    const { properties, screenName } = channel;
    const input = this.inputs.get(properties.input.id);
    if (properties.channelClass === 'STANDARD') {
      const line = 'the channel is of class STANDARD; pipeline 1 takes its input, but only pipeline 0 is encoded here';
      cloud.tell(`encoder ${screenName}`, line);
    }
    const plan = {
      channel: screenName,
      input: input.settings.screenName,
      sources: channelSources(properties, input),
      plan: properties.plan,
      ingestUrl: taker(takers, properties.destination).url,
    };
    const maybe = (event: ChannelEvent) => {
      if (nextState(channel.state, event) !== undefined) this.step(channel, event);
    };
    const isShared = plan.sources.length === 1;
    return dataPlane.run(plan, {
      encoderLost: () => maybe('encoder-lost'),
      encoderBack: () => maybe('encoder-back'),
      receiving: (pipeline, isReceiving) => {
        for (const each of isShared ? [0, 1] : [pipeline]) channel.watch?.receiving(each, isReceiving);
      },
    });
  }

  /** A channel of class STANDARD has two pipelines, and each its own alerts. */
  private watch(channel: Channel): InputWatch {
    const { properties, alerts } = channel;
    const [source] = channelSources(properties, this.inputs.get(properties.input.id));
    return new InputWatch(properties.channelClass === 'STANDARD' ? [0, 1] : [0], {
      lost: (pipeline) => raiseInputLoss(channel, pipeline, source),
      back: (pipeline) => alerts.clear(pipeline),
    });
  }

  private later(duration: Duration, change: () => Promise<void>): Promise<void> {
    const done: Promise<void> = passing(duration)
      .then(change)
      .catch((error: unknown) => this.around.cloud.tell('medialive', String(error), 'warning'))
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
    return done;
  }
}
