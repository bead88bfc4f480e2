import type { Channels } from '../shared/channels/channels';
import type { WantedState } from '../shared/channels/decision';
import { type ChannelWork, reach } from '../shared/channels/reach';
import { STATE_TAGS } from '../shared/channels/tags';

/**
 * Brings a channel to the state that the description asks for and waits until it is there. This ends the interruption
 * by an update, so the mark of the interruption is removed.
 */
export async function run(channelId: string, wanted: WantedState, work: ChannelWork<Channels>): Promise<void> {
  await reach(channelId, wanted, work);
  const { tags, arn } = await work.channels.look(channelId);
  if (tags[STATE_TAGS.resume] !== undefined) await work.channels.untag(arn, STATE_TAGS.resume);
}
