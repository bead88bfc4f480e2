import type { Channels, OwnStack, StackResource } from '../shared/channels/channels';
import { type KnownState, ON_AIR } from '../shared/channels/decision';
import { type ChannelWork, reach } from '../shared/channels/reach';
import { CHANNEL_TAGS, STATE_TAGS } from '../shared/channels/tags';

/** An update that is about to change one channel. */
export interface QuiesceRequest {
  /** The channel's name in the description. */
  readonly name: string;
  /** Logical id of the channel in the template of this update. */
  readonly logicalId: string;
  /** Logical id of the channel before the update; a different one when the channel is replaced. */
  readonly previousLogicalId: string;
  /** Logical ids of its inputs in the template of this update. */
  readonly inputLogicalIds: readonly string[];
  /** Hash of what this update bakes into the channel and its inputs. */
  readonly settings: string;
  readonly interruption: 'refuse' | 'allow';
}

/** The means of quiescing a channel, and the time that it may take. */
export interface QuiesceWork extends ChannelWork<Channels> {
  readonly stack: OwnStack;
}

/**
 * Makes a channel idle before an update changes what is baked into it, because MediaLive changes only idle channels. A
 * channel that already carries these settings is left alone, because nothing will happen to it. The exception is a
 * channel whose change, or that of one of its inputs, has just failed: a rollback then writes the old settings again,
 * and this also takes an idle channel.
 *
 * A channel that was on air is marked, so that it is started again even if the update fails before Run has its turn.
 *
 * @throws Error that explains how to allow it, when the channel is on air and interruption is refused. Never throws this
 * during a rollback, which must be able to restore the former settings.
 */
export async function quiesce(request: QuiesceRequest, work: QuiesceWork): Promise<void> {
  const { stack, channels } = work;
  for (const logicalId of new Set([request.logicalId, request.previousLogicalId])) {
    const resource = await stack.resource(logicalId);
    if (resource === undefined) continue;
    const { physicalId: channelId } = resource;
    const { state, tags, arn } = await channels.look(channelId);
    const unchanged = logicalId === request.logicalId && tags[CHANNEL_TAGS.settings] === request.settings;
    const inputs = request.inputLogicalIds.map((id) => stack.resource(id));
    if (unchanged && !failedToChange([resource, ...(await Promise.all(inputs))])) continue;
    if (ON_AIR.includes(state)) {
      if (request.interruption === 'refuse' && !/ROLLBACK/.test(await stack.status())) {
        throw new Error(refusal(request.name, state));
      }
      await channels.tag(arn, { [STATE_TAGS.resume]: 'true' });
    }
    await reach(channelId, 'IDLE', work);
  }
}

function failedToChange(resources: readonly (StackResource | undefined)[]): boolean {
  return resources.some((resource) => resource?.status === 'UPDATE_FAILED');
}

function refusal(name: string, state: KnownState): string {
  return (
    `Channel ${name} is ${state}, and this update would interrupt it: MediaLive changes only idle channels. ` +
    `Nothing was changed. Stop it first (npm run live -- stop ${name}), or allow the interruption: ` +
    "interruption: 'allow' in the description, or npx cdk deploy -c interruption=allow"
  );
}
