import { type AlertView, type ChannelView, isRunning } from './channel-view';
import type { StackUrls } from './urls';

const MANIFEST_WORDS: Readonly<Record<string, string>> = {
  HlsUrl: 'HLS',
  HlsLowLatencyUrl: 'HLS, low latency',
  DashUrl: 'DASH',
  HlsTsUrl: 'HLS in MPEG-TS',
};

/** Writes the answer of `status`, a few lines for each channel. */
export function statusText(views: readonly ChannelView[], now: number): string {
  return views.map((view) => channelText(view, now)).join('\n\n');
}

function channelText(view: ChannelView, now: number): string {
  if (view.state === 'MISSING') {
    return [
      `${view.name}  MISSING  (MediaLive channel ${view.id})`,
      '  It is in the stack, but MediaLive does not know it: somebody deleted it outside of the stack.',
      '  To get it back, deploy twice: without the channel in the description, or, where it is the only one, with the',
      '  other redundancy; then as it was. See docs/updates.md.',
    ].join('\n');
  }
  const lines: [string, string][] = [
    ['pipelines running', orUnknown(view.pipelinesRunning)],
    ['inputs', view.inputs === null ? 'unknown' : view.inputs.join(', ') || 'none'],
    ['running for', isRunning(view.state) ? age(view.ageSeconds) : 'not running'],
    ['cost', cost(view)],
    ['alerts', view.alerts.length === 0 ? 'none' : ''],
  ];
  const alerts = view.alerts.map((alert) => `    ${alertText(alert, now)}`);
  return [
    `${view.name}  ${view.state}  (MediaLive channel ${view.id})`,
    ...lines.map(([label, text]) => `  ${label.padEnd(18)} ${text}`.trimEnd()),
    ...alerts,
  ].join('\n');
}

/** Writes one channel on one line, for a watch whose output goes to a file. */
export function statusLine(view: ChannelView, now: number): string {
  const { name, state, pipelinesRunning, alerts } = view;
  const inputs = view.inputs === null ? 'unknown' : view.inputs.join(',') || 'none';
  const facts = [
    `pipelines ${orUnknown(pipelinesRunning)}`,
    `inputs ${inputs}`,
    `alerts ${alerts.map(({ type }) => type).join(', ') || 'none'}`,
    `age ${isRunning(state) ? age(view.ageSeconds) : 'not running'}`,
    `cost ${cost(view)}`,
  ];
  return `${new Date(now).toISOString()} ${name} ${state} | ${facts.join(' | ')}`;
}

/** Remark on the addresses of a local run. */
export const LOCAL_EDGE =
  'These are the Outputs of the stack. npm start or npm run local printed the address of the edge on this machine.';

/** Writes the answer of `urls`. */
export function urlsText({ player, channels }: StackUrls): string {
  const blocks = channels.map(({ name, manifests, ingest }) => {
    const playable = Object.entries(manifests).map(([key, url]) => line(MANIFEST_WORDS[key] ?? key, url));
    const venue = ingest.flatMap(({ endpoint, server, streamKey }) => [
      line(`ingest ${endpoint} server`, server),
      line(`ingest ${endpoint} key`, streamKey ?? 'unknown'),
    ]);
    return [
      name,
      ...(playable.length > 0 ? playable : [line('manifests', 'unknown')]),
      ...(venue.length > 0 ? venue : [line('ingest', 'none: MediaLive fetches the input itself')]),
    ].join('\n');
  });
  return [`player  ${player ?? 'unknown'}`, ...blocks].join('\n\n');
}

/** Writes the answer of `alerts`. */
export function alertsText(channels: readonly { name: string; alerts: readonly AlertView[] }[], now: number): string {
  return channels
    .map(({ name, alerts }) =>
      alerts.length === 0
        ? `${name}: no alerts`
        : [`${name}:`, ...alerts.map((alert) => `  ${alertText(alert, now)}`)].join('\n'),
    )
    .join('\n');
}

/** Writes an alert and since when it is set. */
export function alertText({ type, message, pipeline, state, since, cleared }: AlertView, now: number): string {
  const where = pipeline === null ? '' : ` on pipeline ${pipeline}`;
  const what = message === '' || message === type ? '' : `: ${message.replace(/\.$/, '')}`;
  const set =
    since === null ? 'since an unknown time' : `since ${since}, for ${duration((now - Date.parse(since)) / 1000)}`;
  const over = cleared === null ? 'cleared' : `cleared ${cleared}`;
  return `${type}${where}${what} (${state === 'SET' ? set : `${over}, set ${since ?? 'at an unknown time'}`})`;
}

/** Writes a duration: `4000` → `1 h 6 min`; never less than 0. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function age(seconds: number | null): string {
  return seconds === null ? 'unknown' : duration(seconds);
}

function cost({ state, usdPerHour, usdSoFar }: ChannelView): string {
  const rate = usdPerHour === null ? 'unknown' : `${usdPerHour.toFixed(2)} USD`;
  if (!isRunning(state)) return `${rate} an hour when it runs`;
  return `${rate} an hour, ${usdSoFar === null ? 'unknown' : `${usdSoFar.toFixed(2)} USD`} so far`;
}

function orUnknown(value: number | null): string {
  return value === null ? 'unknown' : String(value);
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(18)} ${text}`;
}
