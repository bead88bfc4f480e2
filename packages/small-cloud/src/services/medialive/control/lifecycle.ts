import { type Cloud, type NodeStatus, UnsupportedError } from '../../../contract';
import type { DataPlane, Run } from '../contract/data-plane';
import { refused } from '../contract/service-error';
import { inputIds } from '../template/channel-properties';
import { type Channel, noteReceiving, pipelinesOf, pipelinesRunning, raiseInputLoss, requireState } from './channel';
import type { Takers } from './channel-checks';
import { stateEvent } from './channel-events';
import { type ChannelEvent, isEncodingIn, nextState } from './channel-state';
import { detachInput, type Input } from './input';
import { InputWatch } from './input-watch';
import type { Registry } from './registry';
import { firstSource, runPlan } from './run-plan';
import { type Duration, passing, TIMING } from './timing';

/** Surroundings of running channels in the cloud. */
export interface LifecycleSurroundings {
  readonly cloud: Cloud;
  readonly takers: Takers;
  readonly dataPlane: DataPlane;
}

/** Takes channels from state to state, and starts and stops their runs. */
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
      for (const pipeline of pipelinesOf(channel).slice(1)) this.tell(channel, 'started', pipeline);
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
      channel.lost.clear();
      channel.receiving.clear();
      channel.alerts.clear();
      this.step(channel, 'stopped');
    });
  }

  /** Begins to restart some pipelines. @throws ServiceError (ConflictException) when the channel does not run. */
  restart(channel: Channel, pipelines: readonly number[]): void {
    requireState(channel, 'encoder-lost');
    const { run } = channel;
    for (const pipeline of pipelines) {
      this.lost(channel, pipeline);
      channel.watch?.receiving(pipeline, false);
    }
    const restarted = run?.restart(pipelines);
    this.later(TIMING.pipelineRestarting, async () => {
      await restarted;
      if (channel.run === run) for (const pipeline of pipelines) this.back(channel, pipeline);
    });
  }

  /** Notes that a pipeline does not encode: the channel recovers, though the other pipeline goes on. */
  private lost(channel: Channel, pipeline: number): void {
    const isFirst = nextState(channel.state, 'encoder-lost') !== undefined;
    if (channel.lost.has(pipeline) || !(isFirst || channel.state === 'RECOVERING')) return;
    channel.lost.add(pipeline);
    if (isFirst) this.step(channel, 'encoder-lost', pipeline);
    else this.tell(channel, 'encoder-lost', pipeline);
  }

  /** Notes that a pipeline encodes again: the channel runs as soon as all do. */
  private back(channel: Channel, pipeline: number): void {
    if (channel.state !== 'RECOVERING' || !channel.lost.delete(pipeline)) return;
    if (channel.lost.size === 0) this.step(channel, 'encoder-back', pipeline);
    else this.tell(channel, 'encoder-back', pipeline);
  }

  /**
   * Puts other inputs of a running channel on air in turn, by the names of their attachments: all of them, or none when
   * one is impossible.
   *
   * @throws ServiceError when the channel does not run, or has no such input.
   */
  switchInputs({ id, state, run, properties }: Channel, attachmentNames: readonly string[]): void {
    const { input, failoverInput, preparedInputs } = properties;
    const known = [input, ...preparedInputs].map(({ attachmentName }) => attachmentName);
    for (const name of attachmentNames) {
      if (name === failoverInput?.attachmentName) {
        throw new UnsupportedError(`${name}: the local run switches to the second input of a failover automatically`);
      }
      if (!known.includes(name)) {
        throw refused(`channel ${id} has no input attachment ${name}`);
      }
    }
    if (attachmentNames.length === 0) return;
    if (run === undefined || !isEncodingIn(state)) {
      throw refused(`Cannot switch the input of channel ${id} at once: it is ${state}`);
    }
    for (const name of attachmentNames) run.switchTo(name);
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
      for (const id of inputIds(channel.properties)) {
        const input = this.inputs.find(id);
        if (input?.channel === channel.id) detachInput(input);
      }
      this.channels.remove(channel.id);
    });
    return channel.deletion;
  }

  /** Takes a channel to its next state. @throws ServiceError (ConflictException) when its state forbids it. */
  step(channel: Channel, event: ChannelEvent, pipeline = 0): void {
    requireState(channel, event);
    channel.state = nextState(channel.state, event) ?? channel.state;
    this.tell(channel, event, pipeline);
  }

  private tell(channel: Channel, event: ChannelEvent, pipeline: number): void {
    this.around.cloud.events.put(stateEvent(channel.arn, event, pipelinesRunning(channel), pipeline));
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
    const { dataPlane } = this.around;
    const plan = runPlan(channel, this.inputs, this.around);
    channel.inStep = plan.inStep;
    return dataPlane.run(plan, {
      encoderLost: (pipeline) => this.lost(channel, pipeline),
      encoderBack: (pipeline) => this.back(channel, pipeline),
      receiving: (pipeline, isReceiving) => noteReceiving(channel, pipeline, isReceiving),
    });
  }

  /** Watches the inputs of a channel. Each pipeline has its own alerts. */
  private watch(channel: Channel): InputWatch {
    const source = firstSource(channel, this.inputs, this.around.takers);
    return new InputWatch(pipelinesOf(channel), {
      lost: (pipeline) => raiseInputLoss(channel, pipeline, source),
      back: (pipeline) => channel.alerts.clear(pipeline),
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
