import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { stackOf } from '../shared/channels/own-stack';
import { systemClock } from '../shared/clock';
import { setAlerts } from '../shared/set-alerts';
import { setting } from '../shared/setting';
import { guard, type Task } from './handler';
import type { GuardedChannels } from './surroundings';
import type { GuardedChannel } from './verdict';

const mediaLive = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });
const cloudFormation = new CloudFormationClient({ maxAttempts: 8, retryMode: 'adaptive' });
const sns = new SNSClient({ maxAttempts: 8 });

const channels: GuardedChannels = { ...mediaLiveChannels(mediaLive), alerts: setAlerts(mediaLive) };

/** Time reserved for sending notices, in milliseconds. */
const RESERVE_MILLISECONDS = 20_000;

/** Runs a task. Schedules invoke it, and rules that ask for a patrol at once; their target names the task. */
export async function handler(task: Task, context: Context): Promise<readonly string[]> {
  const done = await guard(task, JSON.parse(setting('CHANNELS')) as readonly GuardedChannel[], {
    channels,
    stack: stackOf(cloudFormation, setting('STACK_ID')),
    notify: async (subject, text) => {
      await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject: subject, Message: text }));
    },
    clock: systemClock,
    deadline: systemClock.now() + context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS,
  });
  for (const line of done) console.log(line);
  return done;
}
