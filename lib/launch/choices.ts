import type { LiveStreamInput } from '../channel/live-stream';
import { equals, isGiven } from './condition-expressions';
import type { Choice, Dimension, DimensionOption } from './dimension';
import { PLACEHOLDERS } from './free-texts';
import { INPUTS } from './inputs';
import type { Json } from './json';

type Channel = LiveStreamInput['channels'][number];

/** Operations of a description that leaves them out. */
const OPERATIONS = { probe: true, alarms: {}, dashboard: true, history: true };
/** Recording of a description that says `recording: true`, apart from the days. */
const RECORDING = { longestShowHours: 12, pictures: false, mp4: false };

/** The encoding profiles by the names that the operator sees, with their ladders. */
export const PROFILES = {
  'HD-720p': 'hd-720p',
  'HD-1080p': 'hd-1080p',
  'SD-540p': 'sd-540p',
  'UHD-2160p': 'uhd-2160p',
  Sports: 'sports',
  Slides: 'slides',
  'Audio-only': 'audio-only',
} as const satisfies Record<string, Channel['ladder']>;

/** Returns the name of a profile's option. */
export const profileOption = (profile: string) => profile.replace('-', '');

const options = (parameter: string, values: Readonly<Record<string, string>>): readonly DimensionOption[] =>
  Object.entries(values).map(([name, value]) => ({ name, chosen: equals(parameter, value) }));

const not = ({ name, chosen }: { name: string; chosen: Json }): DimensionOption => ({
  name,
  chosen: { 'Fn::Not': [chosen] },
});

/** Everything that the operator chooses from closed sets. The first option of each is the default. */
export const DIMENSIONS: readonly Dimension[] = [
  { name: 'Input', options: INPUTS },
  {
    name: 'Redundancy',
    options: options('Redundancy', { SinglePipeline: 'single-pipeline', TwoPipelines: 'two-pipelines' }),
  },
  {
    name: 'Profile',
    options: Object.keys(PROFILES).map((name) => ({
      name: profileOption(name),
      chosen: equals('EncodingProfile', name),
    })),
  },
  { name: 'Latency', options: options('Latency', { Standard: 'standard', Low: 'low' }) },
  { name: 'Start', options: options('StartChannel', { Yes: 'yes', No: 'no' }) },
  { name: 'Interruption', options: options('Interruption', { Refuse: 'refuse', Allow: 'allow' }) },
  {
    name: 'StopAfterInputLoss',
    options: [
      not({ name: 'Yes', chosen: equals('AutoStopMinutes', '0') }),
      { name: 'Never', chosen: equals('AutoStopMinutes', '0') },
    ],
  },
  {
    name: 'StopAfterRunning',
    options: [
      not({ name: 'Yes', chosen: equals('AutoStopHours', '0') }),
      { name: 'Never', chosen: equals('AutoStopHours', '0') },
    ],
  },
  {
    name: 'Alerts',
    options: [
      { name: 'None', chosen: equals('AlertEmail', '') },
      { name: 'Email', chosen: isGiven('AlertEmail') },
    ],
  },
  { name: 'Operations', options: options('Operations', { Yes: 'yes', No: 'no' }) },
  { name: 'Recording', options: options('Recording', { No: 'no', Yes: 'yes' }) },
  { name: 'Audience', options: options('Audience', { No: 'no', Yes: 'yes' }) },
];

/** Returns the description of a choice, with a placeholder for everything that the operator types. */
export function description(choice: Choice, origin: NonNullable<LiveStreamInput['origin']>): LiveStreamInput {
  const pipelines = choice['Redundancy'] === 'TwoPipelines' ? 2 : 1;
  const input = INPUTS.find(({ name }) => name === choice['Input'])?.input(pipelines);
  const ladder = Object.entries(PROFILES).find(([name]) => profileOption(name) === choice['Profile'])?.[1];
  if (input === undefined || ladder === undefined) throw new Error(`${JSON.stringify(choice)} is no choice`);
  return {
    origin,
    operations: choice['Operations'] === 'No' ? false : OPERATIONS,
    analytics: choice['Audience'] === 'Yes' ? true : undefined,
    interruption: choice['Interruption'] === 'Allow' ? 'allow' : 'refuse',
    notices: { emails: choice['Alerts'] === 'Email' ? [PLACEHOLDERS.email] : [] },
    channels: [
      {
        name: 'main',
        input,
        ladder,
        latency: choice['Latency'] === 'Low' ? 'low' : 'standard',
        redundancy: pipelines === 2 ? 'two-pipelines' : 'single-pipeline',
        running: choice['Start'] !== 'No',
        recording: choice['Recording'] === 'Yes' ? { ...RECORDING, keepDays: PLACEHOLDERS.keepDays } : undefined,
        autoStop: {
          afterInputLossMinutes:
            choice['StopAfterInputLoss'] === 'Never' ? 'never' : PLACEHOLDERS.afterInputLossMinutes,
          afterRunningHours: choice['StopAfterRunning'] === 'Never' ? 'never' : PLACEHOLDERS.afterRunningHours,
        },
      },
    ],
  };
}
