import { framesPerSecond } from '../channel/frame-rate';
import { renditionsOf } from '../channel/ladder';
import { streamTiming } from '../channel/latency';
import type { LiveChannel } from '../channel/live-channel';
import { recordingOf } from '../channel/recording';
import { gbPerHour } from './cost';
import { type Cost, type CostPart, cost, part } from './cost-part';
import type { Price } from './price';
import { RECORDING_PRICES } from './recording-prices';

/** The options of a channel that decide what its recordings cost. */
export type RecordedChannel = Pick<LiveChannel, 'ladder' | 'frameRate' | 'latency' | 'recording'>;

/** The shows of a month that a cost of recordings assumes for each channel, and their length in hours. */
export const SHOWS = { perMonth: 8, hours: 1 } as const;

/** Assumptions of the costs of recordings. Printed where a channel records. */
export const RECORDING_ASSUMPTIONS: readonly string[] = [
  `each recorded channel has ${SHOWS.perMonth} shows of ${SHOWS.hours} h a month, and keeps each for its keepDays`,
];

/** Costs of recordings that are left out. Printed where a channel records. */
export const RECORDING_NOT_INCLUDED: readonly string[] = [
  'the harvest of a recording: a price of MediaPackage for it was not found',
  'with the origin s3, the function that copies segments every minute: cents a month',
  'viewers of recordings, who cost what viewers of the live show cost',
];

const DAYS_OF_MONTH = 30;
/** Lines from which MediaConvert charges an output as HD, and as 4K. */
const LINES = { hd: 720, uhd: 1081 } as const;

/**
 * Computes one show of a channel: writing it, keeping it for its days, and what MediaConvert makes of it. A channel that
 * records nothing has no parts.
 *
 * @param hours - length of the show. A longer one costs more in proportion.
 */
export function showCost(channel: RecordedChannel, hours: number = SHOWS.hours): Cost {
  const { ladder, frameRate, latency } = channel;
  const recording = recordingOf(channel);
  const renditions = renditionsOf(ladder);
  const best = renditions.toSorted((a, b) => b.bitrate - a.bitrate)[0];
  if (recording === undefined || best === undefined) return cost([]);
  const { keepDays, mp4, pictures } = recording;
  const gb = gbPerHour(renditions.reduce((sum, { bitrate }) => sum + bitrate, 0)) * hours;
  // A segment of each rendition and of the audio; the playlists are written once.
  const puts = ((renditions.length + 1) * 3600 * hours) / streamTiming(latency).segmentSeconds;
  const isHd = best.height >= LINES.hd;
  const isFast = framesPerSecond(best.frameRate ?? frameRate) > 30;
  const minutes = hours * 60;
  const parts = [
    part('storage', (gb * keepDays) / DAYS_OF_MONTH, RECORDING_PRICES.storage),
    part('writing', puts / 10_000, RECORDING_PRICES.puts),
  ];
  if (mp4) {
    const mp4Gb = gbPerHour(best.bitrate) * hours;
    parts.push(part('storage of the MP4', (mp4Gb * keepDays) / DAYS_OF_MONTH, RECORDING_PRICES.storage));
    parts.push(part('MP4', minutes, outputPrice(best.height, isFast)));
  }
  if (pictures) parts.push(...pictureParts(minutes, { isHd, isFast, mp4 }));
  return cost(parts);
}

/** Computes a month of shows: {@link SHOWS}, each kept for its days. */
export function recordingCostPerMonth(channel: RecordedChannel): Cost {
  const { parts } = showCost(channel, SHOWS.hours * SHOWS.perMonth);
  return cost(parts);
}

/** Returns the parts of the pictures: poster and storyboard, and the small video that MediaConvert wants beside them. */
function pictureParts(
  minutes: number,
  { isHd, isFast, mp4 }: { readonly isHd: boolean; readonly isFast: boolean; readonly mp4: boolean },
): readonly CostPart[] {
  const parts = [
    part('poster', minutes, isHd ? RECORDING_PRICES.picturesHd : RECORDING_PRICES.picturesSd),
    part('storyboard', minutes, RECORDING_PRICES.picturesSd),
  ];
  return mp4 ? parts : [...parts, part('small video beside the pictures', minutes, outputPrice(0, isFast))];
}

function outputPrice(lines: number, isFast: boolean): Price {
  if (lines >= LINES.uhd) return isFast ? RECORDING_PRICES.fastUhd : RECORDING_PRICES.uhd;
  if (lines >= LINES.hd) return isFast ? RECORDING_PRICES.fastHd : RECORDING_PRICES.hd;
  return isFast ? RECORDING_PRICES.fastSd : RECORDING_PRICES.sd;
}
