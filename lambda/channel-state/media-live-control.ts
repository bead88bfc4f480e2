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
import { present } from '../answer';
import type { Channels } from './channels';
import type { IngestDestination } from './ingest-address';

const client = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });

/** MediaLive itself. A conflict means that the channel's state has just changed: the next look at it tells how. */
export const mediaLive: Channels = {
  async look(channelId) {
    try {
      const found = await client.send(new DescribeChannelCommand({ ChannelId: channelId }));
      const { Tags: tags = {}, PipelinesRunningCount: pipelines = 0 } = found;
      const state = present('MediaLive', 'the state of the channel', found.State);
      return { state, tags, arn: present('MediaLive', 'the ARN of the channel', found.Arn), pipelines };
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

/** Where a push input takes contributions, one for each pipeline. */
export async function ingestDestinations(inputId: string): Promise<readonly IngestDestination[]> {
  const { Id, Destinations } = await client.send(new DescribeInputCommand({ InputId: inputId }));
  present('MediaLive', 'the id of the input', Id);
  return (Destinations ?? []).map(({ Url: url, Ip: ip, Port: port }) => ({ url, ip, port }));
}

function ignoreConflict(error: unknown): void {
  if (!(error instanceof ConflictException)) throw error;
}
