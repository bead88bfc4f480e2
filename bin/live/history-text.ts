/** One of MediaLive's events as the history keeps it. */
export interface HistoryEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Something that happened to a channel, in words. */
export interface Happening {
  readonly at: string;
  readonly channel: string;
  readonly what: string;
}

const STATES: Readonly<Record<string, string>> = {
  CREATED: 'was created',
  STARTING: 'is starting',
  RUNNING: 'is on air',
  STOPPING: 'is stopping',
  STOPPED: 'was stopped',
  IDLE: 'is idle',
  DELETED: 'was deleted',
  RECOVERING: 'is recovering from a fault of MediaLive',
  UPDATING: 'is being updated',
};

/**
 * Reads an event from the text of a log line.
 *
 * @returns undefined for a line that is no event of MediaLive.
 */
export function readEvent(message: string, loggedAt: number): HistoryEvent | undefined {
  try {
    const event = Object(JSON.parse(message)) as Record<string, unknown>;
    const at = Date.parse(String(event['time']));
    const { detail, 'detail-type': detailType } = event;
    if (typeof detailType !== 'string' || typeof detail !== 'object' || detail === null) return undefined;
    return { at: Number.isNaN(at) ? loggedAt : at, detailType, detail: detail as Record<string, unknown> };
  } catch {
    return undefined;
  }
}

/**
 * Tells what happened, the oldest first.
 *
 * @param names - names of the channels, by the id of the MediaLive channel.
 */
export function happenings(events: readonly HistoryEvent[], names: ReadonlyMap<string, string>): readonly Happening[] {
  return [...events]
    .sort((a, b) => a.at - b.at)
    .flatMap((event) => {
      const id = String(event.detail['channel_arn']).split(':').at(-1) ?? '';
      const channel = names.get(id);
      return channel === undefined ? [] : [{ at: new Date(event.at).toISOString(), channel, what: words(event) }];
    });
}

function words({ detailType, detail }: HistoryEvent): string {
  const text = (key: string) => (detail[key] === undefined ? '' : String(detail[key]));
  const pipeline = text('pipeline') === '' ? '' : ` on pipeline ${text('pipeline')}`;
  switch (detailType) {
    case 'MediaLive Channel State Change': {
      const state = text('state');
      return `${STATES[state] ?? `is ${state}`}${pipeline}`;
    }
    case 'MediaLive Channel Alert': {
      const set = text('alarm_state').toUpperCase() === 'SET';
      const message = text('message') === '' ? '' : ` (${text('message')})`;
      return `${set ? 'alert' : 'alert is over'}${pipeline}: ${text('alert_type')}${message}`;
    }
    case 'MediaLive Channel Input Change':
      return `shows input ${text('active_input_attachment_name')}${pipeline}`;
    default:
      return detailType;
  }
}

/** Writes happenings for a person: a line each, with the day where it changes. */
export function historyText(found: readonly Happening[], since: string): string {
  if (found.length === 0) return `Nothing happened since ${since}.`;
  const wide = Math.max(...found.map(({ channel }) => channel.length));
  let day = '';
  return found
    .flatMap(({ at, channel, what }) => {
      const [date = '', time = ''] = at.split('T');
      const line = `  ${time.slice(0, 8)}  ${channel.padEnd(wide)}  ${what}`;
      if (date === day) return [line];
      day = date;
      return [`${date} (UTC)`, line];
    })
    .join('\n');
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads how far back the history goes: `30m`, `2h`, `7d`.
 *
 * @returns milliseconds; undefined for any other text.
 */
export function milliseconds(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  return factor === undefined || Number(count) === 0 ? undefined : Number(count) * factor;
}
