import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeInputCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import { present } from '../shared/answer';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { stackOf } from '../shared/channels/own-stack';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { channelStateHandler } from './handler';

const mediaLive = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });
const cloudFormation = new CloudFormationClient({ maxAttempts: 8, retryMode: 'adaptive' });

export const handler = customResource(
  channelStateHandler({
    channels: mediaLiveChannels(mediaLive),
    ownStack: (stackId) => stackOf(cloudFormation, stackId),
    async ingestDestinations(inputId) {
      const { Id, Destinations } = await mediaLive.send(new DescribeInputCommand({ InputId: inputId }));
      present('MediaLive', 'the id of the input', Id);
      return (Destinations ?? []).map(({ Url: url, Ip: ip, Port: port }) => ({ url, ip, port }));
    },
    clock: systemClock,
  }),
);
