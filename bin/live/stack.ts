import { EXIT, LiveFailure } from './failure';
import type { ChannelFacts, LiveService, StackFacts } from './service';

/** The tags of a channel that this command reads. `lib/stream` and the functions of the stack write them. */
export const TAGS = { channel: 'live-streaming:channel', runningSince: 'live-streaming:running-since' } as const;

/** A channel of the stack under its name in the description. */
export interface FoundChannel {
  readonly name: string;
  readonly id: string;
  /** Undefined if MediaLive does not know the channel, because it was deleted outside of the stack. */
  readonly facts: ChannelFacts | undefined;
}

/** A stack and the channels that the request names. */
export interface FoundStack {
  readonly stack: StackFacts;
  readonly channels: readonly FoundChannel[];
}

/**
 * Looks up a stack and its channels.
 *
 * @param only - name of one channel; undefined means all.
 * @throws LiveFailure if the stack has no channel, or none of that name; otherwise the errors of the service.
 */
export async function findStack(service: LiveService, stackName: string, only?: string): Promise<FoundStack> {
  const stack = await service.stack(stackName);
  const resources = await service.channels(stackName);
  if (resources.length === 0) {
    throw new LiveFailure(
      `Stack "${stackName}" has no MediaLive channel (it is ${stack.status}); deploy it, or name another with --stack.`,
      EXIT.notFound,
    );
  }
  const all = await Promise.all(
    resources.map(async ({ channelId: id, logicalId }) => {
      const facts = await service.look(id);
      return { name: nameOf(facts, stackName) ?? logicalId, id, facts };
    }),
  );
  const channels = all
    .filter(({ name }) => only === undefined || name === only)
    .sort((one, other) => one.name.localeCompare(other.name));
  if (channels.length > 0) return { stack, channels };
  const known = all.map(({ name }) => name).sort();
  throw new LiveFailure(`Stack "${stackName}" has no channel "${only}"; it has ${known.join(', ')}.`, EXIT.notFound);
}

/** Finds the channel's name in the description: from its tag, or from its name in MediaLive without the stack's. */
export function nameOf(facts: Pick<ChannelFacts, 'tags' | 'name'> | undefined, stackName: string): string | undefined {
  const tagged = facts?.tags[TAGS.channel];
  if (tagged !== undefined && tagged !== '') return tagged;
  const own = facts?.name;
  return own?.startsWith(`${stackName}-`) ? own.slice(stackName.length + 1) : own;
}

/**
 * Makes the prefix of the names of a channel's Outputs: `main-stage` → `MainStage`. `lib/stream/names.ts` has the same
 * rule, but importing it would load the whole CDK.
 */
export function outputPrefix(channelName: string): string {
  return channelName
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
