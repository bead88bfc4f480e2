import {
  ConflictException,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeChannelCommand,
  DescribeInputCommand,
  MediaLiveClient,
  NotFoundException,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import type { Channels } from './channels';

const client = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });

/** MediaLive itself. A conflict means that the channel's state has just changed: the next look at it tells how. */
export const mediaLive: Channels = {
  async look(channelId) {
    try {
      const found = await client.send(new DescribeChannelCommand({ ChannelId: channelId }));
      const { State: state = 'MISSING', Tags: tags = {}, Arn: arn = '', PipelinesRunningCount: pipelines = 0 } = found;
      return { state, tags, arn, pipelines };
    } catch (error) {
      if (error instanceof NotFoundException) return { state: 'MISSING', tags: {}, arn: '', pipelines: 0 };
      throw error;
    }
  },
  async state(channelId) {
    return (await mediaLive.look(channelId)).state;
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

/** The addresses at which a push input takes contributions, one for each pipeline. */
export async function ingestUrls(inputId: string): Promise<readonly string[]> {
  const { Destinations } = await client.send(new DescribeInputCommand({ InputId: inputId }));
  return (Destinations ?? []).flatMap(({ Url }) => (Url === undefined ? [] : [Url]));
}

function ignoreConflict(error: unknown): void {
  if (!(error instanceof ConflictException)) throw error;
}
