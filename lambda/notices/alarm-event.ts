/** An alarm that changed its state, as CloudWatch invokes a function with it. */
export interface AlarmEvent {
  readonly alarmArn: string;
  /** `2026-11-28T20:14:25.490+0000` */
  readonly time: string;
  readonly alarmData: {
    readonly alarmName: string;
    readonly state: { readonly value: string; readonly reason: string };
    readonly previousState?: { readonly value: string };
    readonly configuration: { readonly description?: string };
  };
}

/** An alarm as its description tells of it; `lib/operations/alarm-kinds.ts` writes the description. */
export interface Alarm {
  /** `Channel main, pipeline 0: MediaLive complains` */
  readonly headline: string;
  /** Name of the channel; undefined when the alarm is about the whole stack. */
  readonly channel: string | undefined;
  /** Key of the alarm among those of its channel: `medialive-alert-0`. */
  readonly key: string;
  readonly viewers: string;
  readonly first: string;
  readonly runbook: string;
  readonly state: 'ALARM' | 'OK';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: string;
}

/**
 * Reads an alarm. An event about anything but ALARM and OK, and OK at the birth of an alarm, tells nothing: undefined.
 *
 * @throws Error when the description is not one of this stack's.
 */
export function readAlarm({ time, alarmData }: AlarmEvent): Alarm | undefined {
  const { state, previousState, configuration } = alarmData;
  if (state.value !== 'ALARM' && state.value !== 'OK') return undefined;
  if (state.value === 'OK' && previousState?.value !== 'ALARM') return undefined;
  const [headline = '', ...lines] = (configuration.description ?? '').split('\n');
  const line = (label: string) => lines.find((one) => one.startsWith(`${label}: `))?.slice(label.length + 2);
  const [viewers, first, runbook] = [line('Effect'), line('First'), line('Runbook')];
  if (viewers === undefined || first === undefined || runbook === undefined) {
    throw new Error(`${alarmData.alarmName} has a description that is not one of this stack: ${headline}`);
  }
  const [, channel] = /^Channel ([a-z0-9-]+)/.exec(headline) ?? [];
  const [, pipeline = ''] = /pipeline (\d)/.exec(headline) ?? [];
  return {
    headline,
    channel,
    key: `${runbook.split('#').at(-1)}-${pipeline}`.replace(/-$/, ''),
    viewers,
    first,
    runbook,
    state: state.value,
    at: Date.parse(time.replace(/\+0000$/, 'Z')),
    reason: state.reason,
  };
}
