import type { Clock } from '../clock';
import { type Channels, TAGS } from './channels';
import type { WantedState } from './decision';
import { reach } from './reach';

/**
 * Brings a channel to the state that the description asks for, and waits until it is there. With that, an update's
 * interruption is over.
 */
export async function run(
  channelId: string,
  wanted: WantedState,
  channels: Channels,
  clock: Clock,
  deadline: number,
): Promise<void> {
  await reach(channelId, wanted, channels, clock, deadline);
  const { tags, arn } = await channels.look(channelId);
  if (tags[TAGS.resume] !== undefined) await channels.untag(arn, TAGS.resume);
}
