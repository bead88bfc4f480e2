import { PROFILES, profileOption } from './choices';
import type { Dimension } from './dimension';
import type { ParameterGroup } from './parameter';
import { HOURS, MINUTES, VALUES } from './parameter-values';
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

/** Returns the parameters in the order and the groups of the console's page. */
export function parameterGroups(dimensions: readonly Dimension[]): readonly ParameterGroup[] {
  const offered = dimensions.find(({ name }) => name === 'Profile')?.options ?? [];
  const profiles = Object.keys(PROFILES).filter((name) =>
    offered.some((option) => option.name === profileOption(name)),
  );
  return [SOURCE, PUSH, PULL, SRT, ACCOUNT, viewers(profiles), RUNNING];
}
