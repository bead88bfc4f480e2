import type { Channels } from '../shared/channels/channels';
import { NOTICE_TAG } from '../shared/channels/tags';
import type { Clock } from '../shared/clock';
import { patience } from '../shared/patience';
import type { SetAlert } from '../shared/set-alerts';
import { type Alarm, type AlarmEvent, readAlarm } from './alarm-event';
import { message } from './message';
import { countOfTag, noticeDecision, tagOfCount } from './notice-limit';

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
  readonly clock: Clock;
  /** Time to give up, in milliseconds since 1970. */
  readonly deadline: number;
}

/**
 * Sends the notice of an alarm, unless this hour has seen enough of them. The count lies in a tag of the channel; for an
 * alarm about the whole stack, in a tag of the first channel.
 *
 * MediaLive may fail at the very moment that an alarm is raised. The notice does not wait for it: it is sent all the same,
 * and says so.
 *
 * @returns a line for the log.
 * @throws Error when the notice cannot be published, so that Lambda tries again.
 */
export async function notice(
  event: AlarmEvent,
  named: readonly NamedChannel[],
  around: NoticeSurroundings,
): Promise<string> {
  const alarm = readAlarm(event);
  if (alarm === undefined) return `${event.alarmData.alarmName} is ${event.alarmData.state.value}: no notice is needed`;
  const channel = named.find(({ name }) => name === alarm.channel) ?? named[0];
  const seen = channel === undefined ? undefined : await around.channels.look(channel.id).catch(() => undefined);
  const tag = NOTICE_TAG + alarm.key;
  const { send, counted } = noticeDecision(countOfTag(seen?.tags[tag]), alarm.state, around.clock.now());
  if (send !== 'no') {
    const ofChannel = alarm.channel === undefined ? undefined : channel;
    const { subject, text } = message(alarm, {
      stack: around.stack,
      state: ofChannel === undefined ? undefined : seen?.state,
      ...(await alertsOf(ofChannel, alarm, around)),
      isLast: send === 'last',
      dashboardUrl: around.dashboardUrl,
      consoleUrl: ofChannel === undefined ? '' : consoleUrl(around.region, ofChannel.id),
    });
    const patiently = patience('SNS', around.clock, around.deadline);
    await patiently(() => around.notify(subject, text));
  }
  // After the notice: an invocation that fails and is repeated counts once.
  if (seen !== undefined && seen.arn !== '') await keep(seen.arn, { [tag]: tagOfCount(counted) }, around);
  return `${alarm.headline}, ${alarm.state}: ${send === 'no' ? 'no further notice in this hour' : 'a notice was sent'}`;
}

/** Keeps a count. If that fails, one notice too many may follow, which is better than none. */
async function keep(arn: string, tags: Record<string, string>, { channels }: NoticeSurroundings): Promise<void> {
  await channels.tag(arn, tags).catch((error: unknown) => {
    console.warn(`The count of notices was not kept: ${error}`);
  });
}

function consoleUrl(region: string, channelId: string): string {
  return `https://${region}.console.aws.amazon.com/medialive/home?region=${region}#/channels/${channelId}`;
}

async function alertsOf(channel: NamedChannel | undefined, { state }: Alarm, { channels }: NoticeSurroundings) {
  if (channel === undefined || state === 'OK') return { alerts: [], alertsMissing: '' };
  try {
    return { alerts: await channels.alerts(channel.id), alertsMissing: '' };
  } catch (error) {
    return { alerts: [], alertsMissing: error instanceof Error ? error.message : String(error) };
  }
}
