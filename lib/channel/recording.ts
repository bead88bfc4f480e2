import { z } from 'zod';
import { explain } from './field';
import { longestShowMinutes, type Schedule } from './schedule';

/** Longest start-over window of MediaPackage, 14 days, less the hour that a harvest gets. In hours. */
const MOST_HOURS = 14 * 24 - 1;
/** Time after the end of a show in which it can still be harvested, in seconds. */
const HARVEST_SECONDS = 3600;

const options = z.strictObject({
  keepDays: z.int().min(1).max(3650).default(30),
  longestShowHours: z.int().min(1).max(MOST_HOURS).default(12),
  pictures: z.boolean().default(false),
  mp4: z.boolean().default(false),
});

explain(options.shape, {
  keepDays: {
    what: 'How long a recording is kept.',
    unit: 'days',
    effect: 'Longer costs more storage: about 0.45 GB for every hour and Mb/s of all renditions together.',
    local: 'The local run keeps them until it ends.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
  },
  longestShowHours: {
    what: 'Longest time of one recording. A run that goes on longer becomes several recordings, one after the other.',
    unit: 'hours',
    effect:
      'MediaPackage keeps the media of a channel for an hour more than this, so that a show can be copied after its end.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/live-to-vod.html',
  },
  pictures: {
    what: 'Whether MediaConvert makes a poster and a storyboard of every recording. The list of recordings shows the poster, and the seek bar the storyboard. HEVC has none, because MediaConvert reads no HLS in CMAF.',
    effect:
      'MediaConvert charges by the length of the recording, more than for its storage: docs/cost.md has the figure. Without it, the list shows a drawing.',
    see: 'https://aws.amazon.com/mediaconvert/pricing/',
  },
  mp4: {
    what: 'Whether MediaConvert makes an MP4 file of every recording, to download. A clip gets one on request.',
    effect:
      'MediaConvert charges by the length of the recording, more than for its storage: docs/cost.md has the figure. Without it, the list shows a drawing.',
    see: 'https://aws.amazon.com/mediaconvert/pricing/',
  },
});

/** Schema of the recording of a channel: `true` for all defaults, or options. */
export const recordingSchema = z.union([z.literal(true), options]);

/** The recording of a channel with every default filled in. */
export type Recording = z.infer<typeof options>;

/** The options of a channel that decide how long its media is kept. */
interface Kept {
  readonly recording?: true | Recording | undefined;
  readonly rewind?: number | undefined;
  readonly schedule?: Schedule | undefined;
}

/** Returns the recording of a channel; undefined for a channel that is not recorded. */
export function recordingOf({ recording }: Kept): Recording | undefined {
  return recording === true ? options.parse({}) : recording;
}

/** Returns the longest time of one recording of a channel, in seconds: a show of its schedule is never cut. */
export function longestRecordingSeconds(channel: Kept): number {
  const hours = recordingOf(channel)?.longestShowHours ?? 0;
  return Math.max(hours * 3600, scheduledSeconds(channel));
}

/**
 * Returns how long the media of a channel must be kept for its rewind and its recording, in seconds; 0 for a channel with
 * neither.
 */
export function neededStartOverSeconds(channel: Kept): number {
  const recorded = channel.recording === undefined ? 0 : longestRecordingSeconds(channel) + HARVEST_SECONDS;
  return Math.max((channel.rewind ?? 0) * 60, recorded);
}

/** Returns the length of the longest show of a channel's schedule, in seconds; 0 without one. */
export function scheduledSeconds({ schedule }: Kept): number {
  return schedule === undefined ? 0 : longestShowMinutes(schedule) * 60;
}
