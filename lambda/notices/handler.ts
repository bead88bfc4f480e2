import type { Channels } from '../shared/channels/channels';
import type { SetAlert } from '../shared/set-alerts';
import { type Alarm, type AlarmEvent, readAlarm } from './alarm-event';
import { message } from './message';
import { readTold, telling, toldText } from './telling';

/** A channel of the stack. */
export interface NamedChannel {
  readonly id: string;
  readonly name: string;
}

/** Dependencies of the function. */
export interface NoticeSurroundings {
  readonly stack: string;
  readonly region: string;
  readonly dashboardUrl: string;
  readonly channels: Pick<Channels, 'look' | 'tag'> & {
    alerts(channelId: string): Promise<readonly SetAlert[]>;
  };
  notify(subject: string, text: string): Promise<void>;
  now(): number;
}

/** Beginning of the tags by which the function remembers; its role may write no others. */
const TOLD_TAG = 'live-streaming:told-';

/**
 * Makes a notice of an alarm, unless the alarm has been told of often enough in this hour. What is remembered lies in a
 * tag of the channel; an alarm about the whole stack is remembered at its first channel.
 *
 * MediaLive may fail at the very moment that an alarm is raised: the notice is sent all the same and says so.
 *
 * @returns what was done, for the log.
 * @throws Error when the notice cannot be published, so that Lambda tries again.
 */
export async function notice(
  event: AlarmEvent,
  named: readonly NamedChannel[],
  around: NoticeSurroundings,
): Promise<string> {
  const alarm = readAlarm(event);
  if (alarm === undefined) return `${event.alarmData.alarmName} is ${event.alarmData.state.value}: nothing to tell`;
  const channel = named.find(({ name }) => name === alarm.channel) ?? named[0];
  const seen = channel === undefined ? undefined : await around.channels.look(channel.id).catch(() => undefined);
  const { say, told } = telling(readTold(seen?.tags[TOLD_TAG + alarm.key]), alarm.state, around.now());
  if (seen !== undefined && seen.arn !== '') await remember(seen.arn, alarm, toldText(told), around);
  if (say === 'no') return `${alarm.headline}, ${alarm.state}: told of often enough in this hour`;
  const ofChannel = alarm.channel === undefined ? undefined : channel;
  const { subject, text } = message(alarm, {
    stack: around.stack,
    state: ofChannel === undefined ? undefined : seen?.state,
    ...(await alertsOf(ofChannel, alarm, around)),
    flapping: say === 'flapping',
    dashboardUrl: around.dashboardUrl,
    consoleUrl:
      ofChannel === undefined
        ? ''
        : `https://${around.region}.console.aws.amazon.com/medialive/home?region=${around.region}#/channels/${ofChannel.id}`,
  });
  await around.notify(subject, text);
  return `told: ${subject}`;
}

/** Remembers a notice. If that fails, the next one may be sent once too often, which is better than not at all. */
async function remember(arn: string, { key }: Alarm, text: string, { channels }: NoticeSurroundings): Promise<void> {
  await channels.tag(arn, { [TOLD_TAG + key]: text }).catch((error: unknown) => {
    console.warn(`It cannot be remembered that ${key} was told of: ${error}`);
  });
}

async function alertsOf(channel: NamedChannel | undefined, { state }: Alarm, { channels }: NoticeSurroundings) {
  if (channel === undefined || state === 'OK') return { alerts: [], alertsMissing: '' };
  try {
    return { alerts: await channels.alerts(channel.id), alertsMissing: '' };
  } catch (error) {
    return { alerts: [], alertsMissing: error instanceof Error ? error.message : String(error) };
  }
}
