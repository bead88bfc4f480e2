import { PROFILES, profileOption } from './choices';
import type { Dimension } from './dimension';
import { MOST_DAYS_IN_BUCKET } from './free-texts';
import type { ParameterGroup } from './parameter';
import { DAYS, DAYS_OF_A_YEAR, HOURS, MINUTES, VALUES } from './parameter-values';
import { ACCOUNT, PULL, PUSH, SOURCE, SRT } from './source-parameters';

export type { Parameter, ParameterGroup } from './parameter';

/** Returns the group about the renditions, with the profiles that the origin accepts. */
const viewers = (profiles: readonly string[]): ParameterGroup => ({
  label: 'What viewers get',
  parameters: {
    EncodingProfile: {
      label: 'Encoding profile',
      description:
        'The renditions that viewers switch between, up to this size. Larger ones look better on large screens and cost more.',
      default: 'HD-720p',
      options: profiles,
    },
    Latency: {
      label: 'Latency',
      description: 'low is seconds behind the camera and asks more of networks; standard is sturdier.',
      default: 'standard',
      options: ['standard', 'low'],
    },
  },
});

const RUNNING: ParameterGroup = {
  label: 'When it runs',
  parameters: {
    StartChannel: {
      label: 'Start now',
      description: 'A running channel is charged by the minute, with or without input.',
      default: 'yes',
      options: ['yes', 'no'],
    },
    AutoStopMinutes: {
      label: 'Stop after input loss, minutes',
      description: 'Stops a running channel whose input is lost for so long. 0: never.',
      default: '60',
      pattern: `^${MINUTES}$`,
      constraint: '5 to 1440 minutes are needed, or 0 for never.',
    },
    AutoStopHours: {
      label: 'Stop after running, hours',
      description: 'Stops a channel that has run for so long, whatever comes in. 0: never.',
      default: '24',
      pattern: `^${HOURS}$`,
      constraint: '1 to 8760 hours are needed, or 0 for never.',
    },
    AlertEmail: {
      label: 'E-mail address',
      description:
        'Is told what was stopped by itself and why, and once a day what runs. It gets a mail first that asks to confirm.',
      default: '',
      ...VALUES.email,
    },
    Interruption: {
      label: 'Interruption',
      description: 'Whether an update of this stack may stop a running channel to change it, and start it again.',
      default: 'refuse',
      options: ['refuse', 'allow'],
    },
  },
};

/** Returns the group about what goes on beside the stream. */
const besideTheStream = (isInBucket: boolean): ParameterGroup => ({
  label: 'Beside the stream',
  parameters: {
    Recording: {
      label: 'Record',
      description:
        'Whether every run of the channel becomes a recording that viewers find in the player. The bucket of the recordings stays when the stack is deleted.',
      default: 'no',
      options: ['no', 'yes'],
    },
    RecordingDays: {
      label: 'Days to keep',
      description: 'How long a recording is kept.',
      default: '30',
      pattern: `^${isInBucket ? DAYS_OF_A_YEAR : DAYS}$`,
      constraint: `1 to ${isInBucket ? MOST_DAYS_IN_BUCKET : 3650} days are needed.`,
    },
    Audience: {
      label: 'Audience',
      description:
        'Whether players report what viewers get: starts, stalls, errors. Reports are kept for 90 days in a bucket that is deleted with the stack, and asked with saved queries of Athena.',
      default: 'no',
      options: ['no', 'yes'],
    },
    Operations: {
      label: 'Alarms and dashboard',
      description:
        'A probe that plays the channel once a minute, alarms that tell the e-mail address what to do, a history, and a dashboard. Costs cents to a few dollars a month.',
      default: 'yes',
      options: ['yes', 'no'],
    },
  },
});

/**
 * Returns the parameters in the order and the groups of the console's page.
 *
 * @param isInBucket - whether segments are copied from a bucket during the show, which are older than the recording.
 *   @default false
 */
export function parameterGroups(dimensions: readonly Dimension[], isInBucket = false): readonly ParameterGroup[] {
  const offered = dimensions.find(({ name }) => name === 'Profile')?.options ?? [];
  const profiles = Object.keys(PROFILES).filter((name) =>
    offered.some((option) => option.name === profileOption(name)),
  );
  return [SOURCE, PUSH, PULL, SRT, ACCOUNT, viewers(profiles), besideTheStream(isInBucket), RUNNING];
}
