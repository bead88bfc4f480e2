import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { ACCESS_UPDATES } from './access-changes';
import { ADS_UPDATES } from './ads-changes';
import { ANALYTICS_UPDATES } from './analytics-changes';
import { CHAT_UPDATES } from './chat-changes';
import { OTHER_INPUT_UPDATES } from './further-input-changes';
import { INPUT_UPDATES } from './input-changes';
import { CHANNEL_UPDATES } from './media-changes';
import { POLL_UPDATES } from './poll-changes';
import { RECORDING_UPDATES } from './recording-changes';

type Channel = LiveStreamInput['channels'][number];

/** An option of the description, and a change of it. */
export interface UpdateCase {
  /** As docs/configuration.md has it. */
  readonly option: string;
  /** The change in words, where the option's name alone does not say it. */
  readonly change?: string;
  readonly before?: Partial<LiveStreamInput>;
  readonly after: Partial<LiveStreamInput>;
}

const clip: Channel = { name: 'main', input: { kind: 'test-clip' } };
const push: Channel = { name: 'main', input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } };
const channel = (of: Channel, change: Partial<Channel>) => ({ channels: [{ ...of, ...change } as Channel] });
const rendition = { width: 1280, height: 720, bitrate: 2_700_000, profile: 'HIGH', quality: 7 } as const;
const latency = { gopSeconds: 2, segmentSeconds: 4, manifestWindowSeconds: 60 };
const show = { on: ['FRI'], start: '18:00', stop: '20:00' } satisfies NonNullable<Channel['schedule']>['shows'][number];
const shows = (change: Partial<typeof show>) =>
  channel(clip, { schedule: { timeZone: 'UTC', shows: [{ ...show, ...change }] } });
const ladderOf = (change: object) => channel(clip, { ladder: [{ ...rendition, ...change }] });
const maintained = (change: Partial<NonNullable<Channel['maintenance']>>) =>
  channel(clip, { maintenance: { day: 'MONDAY', startHour: 3, ...change } });
const latencyOf = (change: object) => channel(clip, { latency: { ...latency, ...change } });

/** A change of every option. A test compares the list with docs/configuration.md. */
export const UPDATE_CASES: readonly UpdateCase[] = [
  { option: 'origin', after: { origin: 's3' } },
  {
    option: 'origin(media-package).formats',
    after: { origin: { kind: 'media-package', formats: ['ll-hls', 'hls', 'dash'] } },
  },
  {
    option: 'origin(media-package).startOverSeconds',
    after: { origin: { kind: 'media-package', startOverSeconds: 3600 } },
  },
  {
    option: 'origin(media-package).forceEndpointErrors',
    after: { origin: { kind: 'media-package', forceEndpointErrors: ['stale-manifest'] } },
  },
  {
    option: 'origin(media-package).ingest',
    after: { origin: { kind: 'media-package', ingest: 'cmaf' } },
  },
  {
    option: 'origin(media-package).inputSwitching',
    before: { origin: { kind: 'media-package', ingest: 'cmaf' } },
    after: { origin: { kind: 'media-package', ingest: 'cmaf', inputSwitching: 'media-quality' } },
  },
  {
    option: 'origin(media-package-v1).formats',
    before: { origin: 'media-package-v1' },
    after: { origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] } },
  },
  {
    option: 'origin(media-package-v1).startOverSeconds',
    before: { origin: 'media-package-v1' },
    after: { origin: { kind: 'media-package-v1', startOverSeconds: 3600 } },
  },
  { option: 'edge.originShield', after: { edge: { originShield: false } } },
  { option: 'edge.corsOrigins', after: { edge: { corsOrigins: ['https://www.example.com'] } } },
  { option: 'edge.accessLogs', after: { edge: { accessLogs: 'off' } } },
  ...ACCESS_UPDATES,
  { option: 'interruption', after: { interruption: 'allow' } },
  { option: 'operations.probe', after: { operations: { probe: false } } },
  { option: 'operations.alarms', after: { operations: { alarms: false } } },
  { option: 'operations.alarms.staleSeconds', after: { operations: { alarms: { staleSeconds: 60 } } } },
  { option: 'operations.alarms.delaySeconds', after: { operations: { alarms: { delaySeconds: 60 } } } },
  { option: 'operations.alarms.silenceMinutes', after: { operations: { alarms: { silenceMinutes: 5 } } } },
  { option: 'operations.dashboard', after: { operations: { dashboard: false } } },
  { option: 'operations.history', after: { operations: { history: false } } },
  { option: 'operations.runbook', after: { operations: { runbook: 'https://www.example.com/runbook' } } },
  { option: 'notices.emails', after: { notices: { emails: ['producer@example.com'] } } },
  {
    option: 'channels',
    change: 'another channel is added or removed',
    after: { channels: [clip, { ...push, name: 'stage' }] },
  },
  { option: 'channels[].name', before: channel(push, {}), after: channel(push, { name: 'stage' }) },
  { option: 'channels[].input', change: 'another kind', before: channel(push, {}), after: channel(clip, {}) },
  ...INPUT_UPDATES.map(({ option, before, after }) => ({
    option: `channels[].input(${before.input.kind}).${option}`,
    before: channel(clip, before),
    after: channel(clip, after),
  })),
  ...OTHER_INPUT_UPDATES.map(({ option, before, after }) => ({
    option: `channels[].${option}`,
    before: channel(clip, before),
    after: channel(clip, after),
  })),
  { option: 'channels[].ladder', after: channel(clip, { ladder: 'sd-540p' }) },
  { option: 'channels[].ladder[].width', before: ladderOf({}), after: ladderOf({ width: 1278 }) },
  { option: 'channels[].ladder[].height', before: ladderOf({}), after: ladderOf({ height: 718 }) },
  { option: 'channels[].ladder[].bitrate', before: ladderOf({}), after: ladderOf({ bitrate: 3_000_000 }) },
  { option: 'channels[].ladder[].profile', before: ladderOf({}), after: ladderOf({ profile: 'MAIN' }) },
  { option: 'channels[].ladder[].quality', before: ladderOf({}), after: ladderOf({ quality: 8 }) },
  { option: 'channels[].ladder[].codec', before: ladderOf({}), after: ladderOf({ codec: 'hevc', profile: 'MAIN' }) },
  {
    option: 'channels[].ladder[].rateControl',
    before: ladderOf({}),
    after: ladderOf({ rateControl: 'cbr', quality: undefined }),
  },
  { option: 'channels[].ladder[].frameRate', before: ladderOf({}), after: ladderOf({ frameRate: '15' }) },
  { option: 'channels[].ladder[].bufferSeconds', before: ladderOf({}), after: ladderOf({ bufferSeconds: 4 }) },
  { option: 'channels[].frameRate', after: channel(clip, { frameRate: '25' }) },
  { option: 'channels[].audio.bitrate', after: channel(clip, { audio: { bitrate: 128_000 } }) },
  ...CHANNEL_UPDATES.map(({ option, before, after, origin = 'media-package' as const }) => ({
    option: `channels[].${option}`,
    before: { origin, ...channel(clip, before) },
    after: { origin, ...channel(clip, after) },
  })),
  {
    option: 'channels[].inputLoss.repeatSeconds',
    after: channel(clip, { inputLoss: { repeatSeconds: 5 } }),
  },
  {
    option: 'channels[].inputLoss.blackSeconds',
    after: channel(clip, { inputLoss: { blackSeconds: 5 } }),
  },
  { option: 'channels[].maintenance', after: maintained({}) },
  { option: 'channels[].maintenance.day', before: maintained({}), after: maintained({ day: 'SUNDAY' }) },
  { option: 'channels[].maintenance.startHour', before: maintained({}), after: maintained({ startHour: 5 }) },
  { option: 'channels[].latency', after: channel(clip, { latency: 'low' }) },
  { option: 'channels[].latency.gopSeconds', before: latencyOf({}), after: latencyOf({ gopSeconds: 1 }) },
  { option: 'channels[].latency.segmentSeconds', before: latencyOf({}), after: latencyOf({ segmentSeconds: 6 }) },
  {
    option: 'channels[].latency.manifestWindowSeconds',
    before: latencyOf({}),
    after: latencyOf({ manifestWindowSeconds: 120 }),
  },
  { option: 'channels[].redundancy', before: channel(push, {}), after: channel(push, { redundancy: 'two-pipelines' }) },
  { option: 'channels[].running', after: channel(clip, { running: false }) },
  {
    option: 'channels[].autoStop.afterInputLossMinutes',
    after: channel(clip, { autoStop: { afterInputLossMinutes: 'never' } }),
  },
  { option: 'channels[].autoStop.afterRunningHours', after: channel(clip, { autoStop: { afterRunningHours: 8 } }) },
  { option: 'channels[].schedule', after: shows({}) },
  {
    option: 'channels[].schedule.timeZone',
    before: shows({}),
    after: channel(clip, { schedule: { timeZone: 'Europe/Berlin', shows: [show] } }),
  },
  {
    option: 'channels[].schedule.shows',
    before: shows({}),
    after: channel(clip, { schedule: { timeZone: 'UTC', shows: [show, { on: ['SUN'], start: '10:00' }] } }),
  },
  { option: 'channels[].schedule.shows[].on', before: shows({}), after: shows({ on: ['SAT'] as never }) },
  { option: 'channels[].schedule.shows[].start', before: shows({}), after: shows({ start: '17:00' }) },
  { option: 'channels[].schedule.shows[].stop', before: shows({}), after: shows({ stop: '21:00' }) },
  ...ANALYTICS_UPDATES,
  ...ADS_UPDATES,
  ...RECORDING_UPDATES,
  ...CHAT_UPDATES,
  ...POLL_UPDATES,
];
