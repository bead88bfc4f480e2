/** The service that keeps the media of a channel. MediaPackage copies it; what is in S3 is copied by the recorder. */
export type RecordingSource = 'media-package' | 'media-package-v1' | 's3';

/** One copy that is made of every part of a recording: from an endpoint of MediaPackage into a folder of the bucket. */
export interface HarvestTarget {
  readonly endpoint: string;
  /** `vod` is for viewers. `conversion` is what MediaConvert reads, and expires soon. */
  readonly folder: 'vod' | 'conversion';
  /** Names of the manifests that are harvested. */
  readonly hls: readonly string[];
  readonly lowLatencyHls: readonly string[];
  readonly dash: readonly string[];
  /** True where MediaConvert reads this copy: its segments are MPEG-TS with audio. @default it has a copy of its own */
  readonly convertible?: boolean;
}

/** A channel whose runs are recorded, as the functions know it. `lib/recording` writes it. */
export interface RecordedChannel {
  /** @default 'media-package' */
  readonly source?: RecordingSource;
  /** Id of the MediaLive channel. */
  readonly id: string;
  readonly name: string;
  /** Channel group of MediaPackage v2; in v1, the beginning of the ids of this stack. */
  readonly group: string;
  /** Path at the edge of the HLS manifest that tells the times of the media; with S3, its key after the slash. */
  readonly path: string;
  /** True where viewers need a token: its recordings have a catalogue of their own. */
  readonly isPrivate: boolean;
  readonly keepDays: number;
  /** Longest time of one recording. */
  readonly longestSeconds: number;
  /** Time for which MediaPackage keeps the media. */
  readonly windowSeconds: number;
  readonly segmentSeconds: number;
  readonly pictures: boolean;
  readonly mp4: boolean;
  /** The copies of every part; the first one is for viewers, the second, if any, for MediaConvert. */
  readonly harvests: readonly HarvestTarget[];
}

/**
 * Reads the environment variable `CHANNELS`: the members that all channels share, and those of each. An endpoint that begins
 * with a hyphen is the end of an id that begins with the group and the channel.
 */
export function readRecorded(text: string): readonly RecordedChannel[] {
  const { all, each } = JSON.parse(text) as { readonly all: object; readonly each: readonly object[] };
  return each.map((one) => {
    const channel = { ...all, ...one } as RecordedChannel;
    const harvests = channel.harvests.map((target) => ({
      ...target,
      endpoint: target.endpoint.replace(/^-/, `${channel.group}-${channel.name}-`),
    }));
    return { ...channel, harvests };
  });
}

/** Names whoever keeps the media of a channel, and copies it. */
export function keeperOf({ source }: Pick<RecordedChannel, 'source'>): string {
  return source === 's3' ? 'The recorder' : 'MediaPackage';
}

/** Returns the channel of a name. @throws Error that lists the recorded channels. */
export function recordedChannel(name: string, channels: readonly RecordedChannel[]): RecordedChannel {
  const found = channels.find((channel) => channel.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `channel: ${name} was given; the recorded channels are ${channels.map((one) => one.name).join(', ')}`,
  );
}
