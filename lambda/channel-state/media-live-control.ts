import {
  ConflictException,
  DescribeChannelCommand,
  DescribeInputCommand,
  MediaLiveClient,
  NotFoundException,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import type { ChannelControl } from './reach';

const client = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });

/** MediaLive itself. A conflict means that the channel's state has just changed: the next look at it tells how. */
export const mediaLive: ChannelControl = {
  async state(channelId) {
    try {
      const { State } = await client.send(new DescribeChannelCommand({ ChannelId: channelId }));
      return State ?? 'MISSING';
    } catch (error) {
      if (error instanceof NotFoundException) return 'MISSING';
      throw error;
    }
  },
  async start(channelId) {
    await client.send(new StartChannelCommand({ ChannelId: channelId })).catch(ignoreConflict);
  },
  async stop(channelId) {
    await client.send(new StopChannelCommand({ ChannelId: channelId })).catch(ignoreConflict);
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
