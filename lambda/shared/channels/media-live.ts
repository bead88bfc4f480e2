import {
  ConflictException,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeChannelCommand,
  type MediaLiveClient,
  NotFoundException,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import { present } from '../answer';
import type { Channels, ChannelView } from './channels';

/** View of a channel that does not exist. */
const MISSING: ChannelView = { state: 'MISSING', tags: {}, arn: '', pipelines: 0 };

/** Returns channels that MediaLive itself looks at and changes. */
export function mediaLiveChannels(client: MediaLiveClient): Channels {
  const look: Channels['look'] = async (channelId) => {
    try {
      const found = await client.send(new DescribeChannelCommand({ ChannelId: channelId }));
      const { Tags: tags = {}, PipelinesRunningCount: pipelines = 0 } = found;
      const state = present('MediaLive', 'the state of the channel', found.State);
      return { state, tags, arn: present('MediaLive', 'the ARN of the channel', found.Arn), pipelines };
    } catch (error) {
      if (error instanceof NotFoundException) return MISSING;
      throw error;
    }
  };
  return {
    look,
    async state(channelId) {
      return (await look(channelId)).state;
    },
    async start(channelId) {
      await client.send(new StartChannelCommand({ ChannelId: channelId })).catch(ignoreConflict);
    },
    async stop(channelId) {
      await client.send(new StopChannelCommand({ ChannelId: channelId })).catch(ignoreConflict);
    },
    async tag(arn, tags) {
      await client.send(new CreateTagsCommand({ ResourceArn: arn, Tags: { ...tags } }));
    },
    async untag(arn, key) {
      await client.send(new DeleteTagsCommand({ ResourceArn: arn, TagKeys: [key] }));
    },
  };
}

/** Ignores a conflict: the channel's state has just changed, and the next look at it shows how. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof ConflictException)) throw error;
}
