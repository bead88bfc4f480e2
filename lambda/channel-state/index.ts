import { customResource } from '../custom-resource/respond';
import { ingestAttributes } from './ingest-address';
import { ingestUrls, mediaLive } from './media-live-control';
import { reach } from './reach';

const clock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** `Custom::RunningState`: a channel runs, or is idle, as its property `Running` says; deleted, it is idle. */
export const handler = customResource({
  physicalId: ({ ResourceProperties }) => `running-state-${text(ResourceProperties, 'ChannelId')}`,
  async handle(event, deadline) {
    const properties = event.ResourceProperties;
    const channelId = text(properties, 'ChannelId');
    const running = event.RequestType !== 'Delete' && properties['Running'] === 'true';
    await reach(channelId, running ? 'RUNNING' : 'IDLE', mediaLive, clock, deadline);
    const push: unknown = event.RequestType === 'Delete' ? undefined : properties['PushInputId'];
    return {
      physicalId: event.RequestType === 'Delete' ? event.PhysicalResourceId : `running-state-${channelId}`,
      attributes: typeof push === 'string' ? ingestAttributes(await ingestUrls(push)) : {},
    };
  },
});

function text(properties: Readonly<Record<string, unknown>>, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw new Error(`The property ${name} is missing`);
  return value;
}
