import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type Recording = Exclude<NonNullable<Channel['recording']>, true>;

const described = (change: Partial<Channel>, more: Partial<LiveStreamInput> = {}): Partial<LiveStreamInput> => ({
  ...more,
  channels: [{ name: 'main', input: { kind: 'test-clip' }, ...change }],
});

/** Changes an option of a channel that is recorded. */
const recorded = (option: string, change: Recording) => ({
  option: `channels[].recording.${option}`,
  before: described({ recording: {} }),
  after: described({ recording: change }),
});

/** Changes of rewind and recording. */
export const RECORDING_UPDATES = [
  {
    option: 'recordings',
    before: described({ recording: {} }),
    after: described({ recording: {} }, { recordings: 'delete-with-stack' }),
  },
  { option: 'channels[].rewind', change: 'it is added', after: described({ rewind: 120 }) },
  { option: 'channels[].recording', change: 'it is added', after: described({ recording: {} }) },
  {
    option: 'channels[].recording',
    change: 'it is added, with the origin s3',
    before: described({}, { origin: 's3' }),
    after: described({ recording: {} }, { origin: 's3' }),
  },
  recorded('keepDays', { keepDays: 7 }),
  recorded('longestShowHours', { longestShowHours: 24 }),
  recorded('pictures', { pictures: true }),
  recorded('mp4', { mp4: true }),
] as const;
