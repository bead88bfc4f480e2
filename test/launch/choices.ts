import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { SINGLE, TWO } from './input-rows';

type Channel = LiveStreamInput['channels'][number];
type Parameters = Readonly<Record<string, string>>;

/** A way to launch: what the launcher types, and the description that it stands for. Written by hand, each for itself. */
export interface Launch {
  readonly name: string;
  readonly parameters: Parameters;
  readonly description: Omit<LiveStreamInput, 'origin'>;
}

/** Profiles that only some origins take, alone and with a recording. */
type Kind = 'video' | 'hevc' | 'audio' | 'recorded' | 'recorded hevc' | 'recorded audio';
type Row = readonly [parameters: Parameters, channel: Partial<Channel>, stream?: Partial<LiveStreamInput>];

const PROFILES: Readonly<Record<Kind, readonly Row[]>> = {
  video: [
    [{}, {}],
    [{ EncodingProfile: 'HD-1080p' }, { ladder: 'hd-1080p' }],
    [{ EncodingProfile: 'SD-540p' }, { ladder: 'sd-540p' }],
    [{ EncodingProfile: 'HD-720p' }, { ladder: 'hd-720p' }],
    [{ EncodingProfile: 'Sports' }, { ladder: 'sports' }],
    [{ EncodingProfile: 'Slides' }, { ladder: 'slides' }],
  ],
  hevc: [[{ EncodingProfile: 'UHD-2160p' }, { ladder: 'uhd-2160p' }]],
  audio: [[{ EncodingProfile: 'Audio-only' }, { ladder: 'audio-only' }]],
  recorded: [
    [{ Recording: 'yes' }, { recording: true }],
    [
      { EncodingProfile: 'SD-540p', Recording: 'yes', RecordingDays: '7' },
      { ladder: 'sd-540p', recording: { keepDays: 7, longestShowHours: 12, pictures: false, mp4: false } },
    ],
  ],
  'recorded hevc': [
    [
      { EncodingProfile: 'UHD-2160p', Recording: 'yes', RecordingDays: '3650' },
      { ladder: 'uhd-2160p', recording: { keepDays: 3650, longestShowHours: 12, pictures: false, mp4: false } },
    ],
  ],
  'recorded audio': [
    [
      { EncodingProfile: 'Audio-only', Recording: 'yes', RecordingDays: '1' },
      { ladder: 'audio-only', recording: { keepDays: 1, longestShowHours: 12, pictures: false, mp4: false } },
    ],
  ],
};

const REST: readonly (readonly Row[])[] = [
  [
    [{}, {}],
    [{ Latency: 'low' }, { latency: 'low' }],
  ],
  [
    [{}, {}],
    [{ StartChannel: 'no' }, { running: false }],
    [{ StartChannel: 'yes' }, { running: true }],
  ],
  [
    [{}, {}],
    [{ Interruption: 'allow' }, {}, { interruption: 'allow' }],
  ],
  [
    [{}, {}],
    [
      { AutoStopMinutes: '0', AutoStopHours: '8' },
      { autoStop: { afterInputLossMinutes: 'never', afterRunningHours: 8 } },
    ],
    [
      { AutoStopMinutes: '5', AutoStopHours: '0' },
      { autoStop: { afterInputLossMinutes: 5, afterRunningHours: 'never' } },
    ],
    [
      { AutoStopMinutes: '0', AutoStopHours: '0' },
      { autoStop: { afterInputLossMinutes: 'never', afterRunningHours: 'never' } },
    ],
  ],
  [
    [{}, {}],
    [{ AlertEmail: 'producer@example.com' }, {}, { notices: { emails: ['producer@example.com'] } }],
  ],
  [
    [{}, {}],
    [{ Audience: 'yes' }, {}, { analytics: true }],
  ],
  [
    [{}, {}],
    [{ Operations: 'no' }, {}, { operations: false }],
    [{ Operations: 'yes' }, {}],
  ],
];

/**
 * Launches that meet every option, and every way in with changing others.
 *
 * @param kinds - the profiles that the origin takes.
 * @param rounds - how often each way in is met, with other options beside it.
 */
export function launches(kinds: readonly Kind[], rounds = 1): readonly Launch[] {
  const profiles = kinds.flatMap((kind) => PROFILES[kind]);
  const inputs = [
    ...SINGLE.map((row) => ({ row, redundancy: 'single-pipeline' as const })),
    ...TWO.map((row) => ({ row, redundancy: 'two-pipelines' as const })),
  ];
  // Each round with other neighbours: odd steps, for lists of other lengths.
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    inputs.map(({ row: [parameters, input], redundancy }, index) => {
      const pick = (rows: readonly Row[], step: number) => rows[(index * step + round) % rows.length] ?? [{}, {}];
      const others =
        round === 0 && index === 0 ? [] : [profiles, ...REST].map((rows, place) => pick(rows, 2 * place + 1));
      const all = Object.assign({}, parameters, { Redundancy: redundancy }, ...others.map(([typed]) => typed));
      const channel = Object.assign({ name: 'main', input, redundancy }, ...others.map(([, of]) => of)) as Channel;
      return {
        name: Object.values(all).join(' '),
        parameters: all as Parameters,
        description: Object.assign({ channels: [channel] }, ...others.map(([, , stream]) => stream ?? {})),
      };
    }),
  );
}
