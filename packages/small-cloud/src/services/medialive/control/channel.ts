import type { Run } from '../contract/data-plane';
import type { IngestSource } from '../contract/pipeline-source';
import type { ListedAction } from '../contract/schedule-action';
import { ServiceError } from '../contract/service-error';
import type { ChannelProperties } from '../template/channel-properties';
import { type Alerts, inputLoss } from './alerts';
import { type ChannelEvent, type ChannelState, isEncodingIn, isStarted, nextState } from './channel-state';
import type { InputWatch } from './input-watch';
import type { Tags } from './tags';

/** A channel, its state and, while it runs, its processes. */
export interface Channel {
  readonly id: string;
  readonly arn: string;
  readonly alerts: Alerts;
  properties: ChannelProperties;
  /** Its name on the screen. */
  screenName: string;
  tags: Tags;
  state: ChannelState;
  /** The pipelines whose encoders are being replaced, or restarted. */
  readonly lost: Set<number>;
  /** The pipelines that receive media. */
  readonly receiving: Set<number>;
  /** True while the pipelines are kept in step. */
  inStep: boolean;
  schedule: readonly ListedAction[];
  run: Run | undefined;
  watch: InputWatch | undefined;
  /** Resolves once a deletion that has begun is over. */
  deletion: Promise<void> | undefined;
}

/** Words of a refusal: the verb, where the API has none of the event's name, and the state that is needed. */
const REFUSALS: Partial<Record<ChannelEvent, { readonly verb?: string; readonly needed: ChannelState }>> = {
  start: { needed: 'IDLE' },
  update: { needed: 'IDLE' },
  delete: { needed: 'IDLE' },
  stop: { needed: 'RUNNING' },
  'encoder-lost': { verb: 'restart the pipelines of', needed: 'RUNNING' },
};

/**
 * Checks that an event is possible in the state of a channel.
 *
 * @throws ServiceError (ConflictException) when not.
 */
export function requireState({ id, state }: Pick<Channel, 'id' | 'state'>, event: ChannelEvent): void {
  if (nextState(state, event) !== undefined) return;
  if (event === 'delete' && isStarted(state)) {
    throw new ServiceError(
      'ConflictException',
      'Cannot delete a channel that has not been stopped yet. Please stop the channel before deleting it.',
    );
  }
  const { verb = event, needed = 'in another state' } = REFUSALS[event] ?? {};
  throw new ServiceError('ConflictException', `Cannot ${verb} channel ${id}: it is ${state}, and must be ${needed}`);
}

/** Returns the pipelines of a channel: two of class STANDARD, one of class SINGLE_PIPELINE. */
export function pipelinesOf({ properties: { channelClass } }: Pick<Channel, 'properties'>): readonly number[] {
  return channelClass === 'STANDARD' ? [0, 1] : [0];
}

/** Counts the healthy pipelines of a channel. */
export function pipelinesRunning(channel: Pick<Channel, 'properties' | 'state' | 'lost'>): number {
  return isEncoding(channel) ? pipelinesOf(channel).length - channel.lost.size : 0;
}

/** Tells whether a channel encodes, if only with one pipeline, or tries to. */
export function isEncoding({ state }: Pick<Channel, 'state'>): boolean {
  return isEncodingIn(state);
}

/** Notes that a pipeline begins or ceases to receive media. */
export function noteReceiving(channel: Channel, pipeline: number, isReceiving: boolean): void {
  if (isReceiving) channel.receiving.add(pipeline);
  else channel.receiving.delete(pipeline);
  channel.watch?.receiving(pipeline, isReceiving);
}

/** Raises the alerts of a pipeline without media. */
export function raiseInputLoss({ alerts }: Channel, pipeline: number, source: IngestSource): void {
  for (const alert of inputLoss(source)) alerts.set(pipeline, alert);
}
