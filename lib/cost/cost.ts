import { aacBitrate } from '../channel/audio';
import { renditionName, renditionsOf } from '../channel/ladder';
import { streamTiming } from '../channel/latency';
import { type LiveChannel, pipelineCount } from '../channel/live-channel';
import { ORIGIN_KINDS, type OriginKindName } from '../channel/origin';
import { accessParts } from './access-cost';
import { ADS, type AdCosts, adParts } from './ads-cost';
import { REPORTS, reportParts } from './analytics-cost';
import { chatParts } from './chat-cost';
import { type Cost, type CostPart, cost, part } from './cost-part';
import { inputPrice, outputPrice } from './encoding-prices';
import { INGEST, ORIGINATION } from './origin-costs';
import { pollParts } from './poll-cost';
import type { PriceBook } from './price';
import { LIST_PRICES } from './prices';

type Priced = Pick<LiveChannel, 'ladder' | 'frameRate' | 'redundancy' | 'latency'> &
  Partial<Pick<LiveChannel, 'failover' | 'preparedInputs'>>;
type Delivered = Pick<LiveChannel, 'ladder' | 'latency'> & Partial<Pick<LiveChannel, 'audio'>>;

/** The origin and the prices of a cost. */
export interface CostOptions {
  /** @default 'media-package' */
  readonly origin?: OriginKindName;
  /** @default the list prices */
  readonly prices?: PriceBook;
  /** True for a channel that viewers need a session for. @default false */
  readonly isPrivate?: boolean;
  /** True where players report what viewers get. @default false */
  readonly isReported?: boolean;
  /** True where viewers chat. @default false */
  readonly hasChat?: boolean;
  /** Ads in breaks. @default none */
  readonly ads?: AdCosts | undefined;
  /** True where viewers are asked in polls. @default false */
  readonly hasPolls?: boolean;
}

/**
 * Converts a bitrate to GB in an hour, as AWS's examples count: `Mbit/s ÷ 8 ÷ 1024 × 3600`. So a Mbit is 1,000,000 bits,
 * and a GB is 1,024 MB. (The guide's tables name `kbit/s ÷ 8 ÷ 1024 ÷ 1024`, which does not give its figures: 11,000
 * kbit/s for 200 h on two pipelines are 1,933.59 GB only this way.) The bitrate is the maximum of the video: the sum of
 * all renditions for ingest, the highest one for a viewer. Audio is left out as in the examples; it is less than what
 * QVBR saves. Nothing is rounded, where the guide cuts off parts of a GB.
 */
export function gbPerHour(bitsPerSecond: number): number {
  return (bitsPerSecond / 1_000_000 / 8 / 1024) * 3600;
}

/** Computes an hour of running, without viewers: MediaLive inputs and outputs, and the ingest of the origin. */
export function runningCostPerHour(
  channel: Priced,
  { origin = 'media-package', prices = LIST_PRICES }: CostOptions = {},
): Cost {
  const pipelines = pipelineCount(channel);
  const renditions = renditionsOf(channel.ladder);
  const input = inputPrice(renditions, pipelines, prices);
  const encode = { frameRate: channel.frameRate, pipelines };
  const taken = {
    gb: gbPerHour(renditions.reduce((sum, { bitrate }) => sum + bitrate, 0)) * pipelines,
    puts: putsPerHour(channel) * pipelines,
  };
  return cost([
    part(input.name, inputCount(channel), input.price),
    ...renditions.map((rendition) => part(renditionName(rendition), 1, outputPrice(rendition, encode, prices))),
    ...INGEST[origin](taken, prices),
  ]);
}

/** Computes an hour in which a channel exists and does not run. */
export function idleCostPerHour(prices: PriceBook = LIST_PRICES): Cost {
  return cost([part('idle channel', 1, prices.idleChannel)]);
}

/** Computes the hours that MediaLive bills for one run: whole minutes, at least 10. A run of zero length costs nothing. */
export function billedHours(hours: number): number {
  if (hours === 0) return 0;
  // The error that a multiplication by 60 leaves in the last digits does not begin another minute.
  return Math.max(10, Math.ceil(Number((hours * 60).toFixed(6)))) / 60;
}

/** The size of an audience. */
export interface Audience {
  /** Viewers at a time, times hours. @default 1 */
  readonly viewerHours?: number;
  /** Share of the traffic that the edge has cached, 0 to 1; the edge asks the origin for the rest. @default 0.99 */
  readonly hitRatio?: number;
  /** GB that the account has delivered in this month before: where in the volume tiers it begins. @default 0 */
  readonly deliveredGb?: number;
}

/**
 * Computes the cost of viewers: delivery by CloudFront, its requests, and reading from the origin. (A bucket charges
 * CloudFront for requests, not for bytes.)
 *
 * @throws RangeError for viewer-hours, a hit ratio or GB that are out of range.
 */
export function viewerCost(
  channel: Delivered,
  { viewerHours = 1, hitRatio = 0.99, deliveredGb = 0 }: Audience = {},
  {
    origin = 'media-package',
    prices = LIST_PRICES,
    isPrivate = false,
    isReported = false,
    hasChat = false,
    ads,
    hasPolls = false,
  }: CostOptions = {},
): Cost & { readonly gb: number } {
  if (!(viewerHours >= 0)) throw new RangeError(`${viewerHours} viewer-hours were given; they must be 0 or more`);
  if (!(hitRatio >= 0 && hitRatio <= 1)) throw new RangeError(`a hit ratio of ${hitRatio} was given; it is 0 to 1`);
  if (!(deliveredGb >= 0)) throw new RangeError(`${deliveredGb} GB were given; they must be 0 or more`);
  const gb = gbPerHour(highestBitrate(channel)) * viewerHours;
  const requests = requestsPerHour(channel, origin) * viewerHours;
  const missed = 1 - hitRatio;
  const parts = [...delivery(gb, deliveredGb, prices)];
  if (prices.edgeRequests !== undefined) parts.push(part('edge requests', requests / 10_000, prices.edgeRequests));
  parts.push(...ORIGINATION[origin]({ gb: gb * missed, requests: requests * missed }, prices));
  if (isPrivate) parts.push(...accessParts({ requests, viewerHours }));
  // With analytics, ads are in the reports of the audience; MediaTailor is paid, and its ads are reported to it, all the same.
  const reports = REPORTS.perHour + (ads === undefined ? 0 : ADS.perHour * ADS.reports);
  if (isReported) parts.push(...reportParts(viewerHours * reports, prices.edgeRequests));
  if (hasChat) parts.push(...chatParts(viewerHours));
  if (ads !== undefined && (ads.tailored || !isReported)) parts.push(...adParts(viewerHours, prices.edgeRequests, ads));
  if (hasPolls) parts.push(...pollParts(viewerHours, prices.edgeRequests));
  return { gb, ...cost(parts) };
}

/** Computes the cost of one viewer in an hour, at the first tier of delivery. */
export function viewerCostPerHour(
  channel: Delivered,
  audience: Pick<Audience, 'hitRatio'> = {},
  options: CostOptions = {},
): Cost {
  return viewerCost(channel, audience, options);
}

/** Computes the delivery of GB after others, one part for each volume tier that it touches. */
export function delivery(gb: number, deliveredGb: number, { egress }: PriceBook): readonly CostPart[] {
  return egress.flatMap(({ upToGb, price }, index) => {
    const from = Math.max(deliveredGb, egress[index - 1]?.upToGb ?? 0);
    const quantity = Math.min(deliveredGb + gb, upToGb) - from;
    return quantity > 0 ? [part('delivery', quantity, price)] : [];
  });
}

/**
 * Counts the requests of a player in an hour. From a packager: video, audio and a playlist for each, once a segment, or
 * once a part where there is LL-HLS and the latency is `low`. From a store: a segment with video and audio, and a playlist.
 */
export function requestsPerHour(
  { latency }: Pick<LiveChannel, 'latency'>,
  origin: OriginKindName = 'media-package',
): number {
  const { partSeconds, segmentSeconds } = streamTiming(latency);
  const { role, lowLatencyHls } = ORIGIN_KINDS[origin];
  if (role === 'store') return (2 * 3600) / segmentSeconds;
  return (4 * 3600) / (latency === 'low' && lowLatencyHls ? partSeconds : segmentSeconds);
}

/** Rounds an amount as it is printed and added up: to whole cents, a half up. */
export function cents(usd: number): number {
  return Math.round(Number((usd * 100).toFixed(6))) / 100;
}

/** Counts the objects that one pipeline writes to a store in an hour: segments, their playlists, and the multivariant playlist. */
function putsPerHour({ ladder, latency }: Pick<LiveChannel, 'ladder' | 'latency'>): number {
  return ((2 * Math.max(1, renditionsOf(ladder).length) + 1) * 3600) / streamTiming(latency).segmentSeconds;
}

/** Counts the inputs of a channel: MediaLive charges each for as long as the channel runs. */
function inputCount({ failover, preparedInputs = [] }: Priced): number {
  return 1 + (failover === undefined ? 0 : 1) + preparedInputs.length;
}

/** Finds the bitrate of a viewer: that of the highest rendition. Audio counts only without video. */
function highestBitrate({ ladder, audio = { bitrate: 96_000 } }: Delivered): number {
  const renditions = renditionsOf(ladder);
  if (renditions.length === 0) return aacBitrate(audio);
  return Math.max(...renditions.map(({ bitrate }) => bitrate));
}
