import type { Clock } from '../clock';
import { type Channels, type OwnStack, type StackResource, TAGS } from './channels';
import type { KnownState } from './decision';
import { reach } from './reach';

/** What an update is about to do to one channel. */
export interface QuiesceRequest {
  /** The channel's name in the description. */
  readonly name: string;
  /** Logical id that the channel has in the template of this update. */
  readonly logicalId: string;
  /** Logical id that it had before: another one when it is replaced. */
  readonly previousLogicalId: string;
  /** Logical ids of its inputs in the template of this update. */
  readonly inputLogicalIds: readonly string[];
  /** Hash of what this update bakes into the channel and its inputs. */
  readonly settings: string;
  readonly interruption: 'refuse' | 'allow';
}

/** States in which viewers may be watching. */
const ON_AIR: readonly KnownState[] = ['STARTING', 'RUNNING', 'RECOVERING'];

/**
 * Makes a channel idle before an update changes what is baked into it, because MediaLive changes only idle channels.
 * A channel that carries these settings already is left alone: nothing will happen to it. Unless its change, or that of
 * an input of it, has just failed: a rollback then writes the old settings once more, which takes an idle channel as well.
 *
 * What was on air is marked, so that it runs again even if the update fails before its turn to be started comes.
 *
 * @throws Error that says how to allow it, when the channel is on air and interruption is refused. Never in a rollback,
 * which must be able to put back what was.
 */
export async function quiesce(
  request: QuiesceRequest,
  stack: OwnStack,
  channels: Channels,
  clock: Clock,
  deadline: number,
): Promise<void> {
  for (const logicalId of new Set([request.logicalId, request.previousLogicalId])) {
    const resource = await stack.resource(logicalId);
    if (resource === undefined) continue;
    const { physicalId: channelId } = resource;
    const { state, tags, arn } = await channels.look(channelId);
    const unchanged = logicalId === request.logicalId && tags[TAGS.settings] === request.settings;
    const inputs = request.inputLogicalIds.map((id) => stack.resource(id));
    if (unchanged && !failedToChange([resource, ...(await Promise.all(inputs))])) continue;
    if (ON_AIR.includes(state)) {
      if (request.interruption === 'refuse' && !/ROLLBACK/.test(await stack.status())) {
        throw new Error(refusal(request.name, state));
      }
      await channels.tag(arn, { [TAGS.resume]: 'true' });
    }
    await reach(channelId, 'IDLE', channels, clock, deadline);
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
