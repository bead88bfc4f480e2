import { type AlertAdvice, adviceFor } from '../shared/alerts';
import type { SetAlert } from '../shared/set-alerts';
import type { Alarm } from './alarm-event';

/** Facts about the channel when the message is written. */
export interface Circumstances {
  readonly stack: string;
  /** State of the channel; undefined for an alarm about the whole stack, or when MediaLive did not answer. */
  readonly state: string | undefined;
  readonly alerts: readonly SetAlert[];
  /** Why the alerts are not known; empty when they are. */
  readonly alertsMissing: string;
  /** True when no further notice of the alarm follows in this hour. */
  readonly isLast: boolean;
  readonly dashboardUrl: string;
  /** Page of the channel in the console; empty for an alarm about the whole stack. */
  readonly consoleUrl: string;
}

/** A message for people. */
export interface Message {
  /** Up to 100 characters of ASCII, as SNS takes them. */
  readonly subject: string;
  readonly text: string;
}

/** Length of a subject that SNS takes. */
const SUBJECT_CHARACTERS = 100;

/** Writes the message of an alarm that was raised, or of its end. */
export function message(alarm: Alarm, around: Circumstances): Message {
  return alarm.state === 'ALARM' ? raised(alarm, around) : over(alarm, around);
}

function raised(alarm: Alarm, around: Circumstances): Message {
  // An alert of MediaLive is nearer to the cause than the alarm.
  const { viewers, first } = advice(around.alerts) ?? alarm;
  const lines = [
    `${alarm.headline}.`,
    `Since: ${new Date(alarm.at).toISOString()}`,
    `Effect: ${viewers}`,
    '',
    ...alertLines(around),
    `First: ${first}`,
    '',
    ...links(alarm, around),
  ];
  if (around.isLast) {
    lines.push('', 'This alarm is flapping. No further notice of it follows until an hour after the first.');
  }
  return { subject: subject(around.stack, alarm.headline), text: lines.join('\n') };
}

function over(alarm: Alarm, around: Circumstances): Message {
  const stopped = around.state !== undefined && !['RUNNING', 'RECOVERING'].includes(around.state);
  const why = stopped
    ? `The channel is ${around.state}: there is nothing to measure any more.`
    : 'The values are good again.';
  return {
    subject: subject(around.stack, `Over: ${alarm.headline}`),
    text: [`Over since ${new Date(alarm.at).toISOString()}: ${alarm.headline}.`, why, '', ...links(alarm, around)].join(
      '\n',
    ),
  };
}

/** Lists the alerts of MediaLive that are set, each with its pipeline and time. */
function alertLines({ alerts, alertsMissing }: Circumstances): readonly string[] {
  if (alertsMissing !== '') return [`MediaLive did not list its alerts: ${alertsMissing}`];
  if (alerts.length === 0) return [];
  const lines = alerts.map(
    ({ type, pipeline, setAt }) => `- ${type} (pipeline ${pipeline}, since ${new Date(setAt).toISOString()})`,
  );
  return ['MediaLive says:', ...lines];
}

/** Alert that MediaLive also sets beside a more specific one. */
const GENERAL = 'no-video-in-the-input';

/** Finds the advice for the most specific of the alerts; undefined when none of them is known. */
function advice(alerts: readonly SetAlert[]): AlertAdvice | undefined {
  const known = alerts.flatMap(({ type }) => adviceFor(type) ?? []);
  return known.find(({ slug }) => slug !== GENERAL) ?? known[0];
}

function links({ runbook }: Alarm, { dashboardUrl, consoleUrl }: Circumstances): readonly string[] {
  return [
    ...(dashboardUrl === '' ? [] : [`Dashboard: ${dashboardUrl}`]),
    ...(consoleUrl === '' ? [] : [`Channel: ${consoleUrl}`]),
    `Runbook: ${runbook}`,
  ];
}

function subject(stack: string, text: string): string {
  const ascii = `${stack}: ${text}`.replaceAll(/[^\x20-\x7e]/g, '?');
  return ascii.length <= SUBJECT_CHARACTERS ? ascii : `${ascii.slice(0, SUBJECT_CHARACTERS - 3)}...`;
}
