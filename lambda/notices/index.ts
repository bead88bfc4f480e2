import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { systemClock } from '../shared/clock';
import { setAlerts } from '../shared/set-alerts';
import { setting } from '../shared/setting';
import type { AlarmEvent } from './alarm-event';
import { type NamedChannel, notice } from './handler';

const mediaLive = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });
const sns = new SNSClient({ maxAttempts: 8 });

/** Invoked by the alarms of the stack. */
export async function handler(event: AlarmEvent, context: Context): Promise<string> {
  const done = await notice(event, JSON.parse(setting('CHANNELS')) as readonly NamedChannel[], {
    stack: setting('STACK_NAME'),
    region: setting('AWS_REGION'),
    dashboardUrl: process.env['DASHBOARD_URL'] ?? '',
    channels: { ...mediaLiveChannels(mediaLive), alerts: setAlerts(mediaLive) },
    notify: async (subject, text) => {
      await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject: subject, Message: text }));
    },
    clock: systemClock,
    deadline: systemClock.now() + context.getRemainingTimeInMillis(),
  });
  console.log(done);
  return done;
}
