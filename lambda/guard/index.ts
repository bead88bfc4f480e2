import { MediaLiveClient, paginateListAlerts } from '@aws-sdk/client-medialive';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { mediaLive } from '../channel-state/media-live-control';
import { ownStack } from '../channel-state/own-stack';
import { systemClock } from '../clock';
import { type GuardedChannels, guard, type Task } from './guard';
import type { Alert, GuardedChannel } from './verdict';

const client = new MediaLiveClient({ maxAttempts: 8, retryMode: 'adaptive' });
const sns = new SNSClient({ maxAttempts: 8 });

const channels: GuardedChannels = {
  ...mediaLive,
  async alerts(channelId) {
    const alerts: Alert[] = [];
    for await (const { Alerts = [] } of paginateListAlerts({ client }, { ChannelId: channelId, StateFilter: 'SET' })) {
      for (const { AlertType: type = '', PipelineId: pipeline = '0', SetTimestamp } of Alerts) {
        if (SetTimestamp !== undefined) alerts.push({ type, pipeline, setAt: SetTimestamp.getTime() });
      }
    }
    return alerts;
  },
};

/** What is left of the function's time for telling what was done. */
const RESERVE_MILLISECONDS = 20_000;

/** Invoked by schedules, and by rules that make a patrol prompt; their target says which task it is. */
export async function handler(task: Task, context: Context): Promise<readonly string[]> {
  const done = await guard(task, JSON.parse(setting('CHANNELS')) as readonly GuardedChannel[], {
    channels,
    stack: ownStack(setting('STACK_ID')),
    notify: async (subject, text) => {
      await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject: subject, Message: text }));
    },
    clock: systemClock,
    deadline: systemClock.now() + context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS,
  });
  for (const line of done) console.log(line);
  return done;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing`);
  return value;
}
