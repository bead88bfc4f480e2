import { aacBitrate } from './audio';
import { framesPerSecond } from './frame-rate';
import { renditionName, renditionsOf } from './ladder';
import { streamTiming } from './latency';
import { type LiveChannel, pipelineCount } from './live-channel';
import type { OriginOptions } from './origin';
import { ABOVE_10_MBPS, ABOVE_30_FPS, estimate, HEVC, LIST_PRICES, type Price, type PriceBook, UHD } from './prices';
import type { Rendition } from './rendition';

type Priced = Pick<LiveChannel, 'ladder' | 'frameRate' | 'redundancy' | 'latency'> &
  Partial<Pick<LiveChannel, 'failover' | 'preparedInputs'>>;
type Delivered = Pick<LiveChannel, 'ladder' | 'latency'> & Partial<Pick<LiveChannel, 'audio'>>;

/** What a cost is computed with. */
export interface CostOptions {
  /** @default 'media-package' */
  readonly origin?: OriginOptions['kind'];
  /** @default the list prices */
  readonly prices?: PriceBook;
}

/** One line of a cost: a quantity of what a price is for. */
export interface CostPart {
  readonly name: string;
  /** In the unit of the price. */
  readonly quantity: number;
  readonly price: Price;
  readonly usd: number;
}

/** A cost in US dollars and what it is made of. */
export interface Cost {
  readonly usd: number;
  readonly parts: readonly CostPart[];
}

/** The month that is reckoned with: 30 days of 24 hours. */
export const HOURS_OF_MONTH = 24 * 30;

/** What no figure was found for, or is left out on purpose. Printed with every result. */
export const NOT_INCLUDED: readonly string[] = [
  'the audio-only output of each channel and an idle push input: MediaLive has a price for them, which was not found',
  'Origin Shield (per request that reaches it), access logs, S3 storage, Lambda, EventBridge and alarms: cents a month',
  'free tiers, reservations, flat-rate plans and tax',
];

/** What the numbers rest on. Printed with every result. */
export const ASSUMPTIONS: readonly string[] = [
  'Region us-east-1; viewers in North America and Europe',
  'every viewer plays the highest rendition at its maximum bitrate, without audio: QVBR usually sends 10 to 50 % less',
  '1 GB is 1,024 MB of 1,000,000 bytes, as in the examples on AWS’s pages; a month has 30 days',
  'renditions under 720 lines are SD, others HD; all above 30 frames/s cost the same',
  'delivery in volume tiers over the channels together, in one month, from its first byte',
  'MediaPackage v2 costs what MediaPackage is listed for: there is no list of its own',
  'MediaLive bills whole minutes, at least 10 for each run; the hours of an audience are one run',
];

/**
 * GB that a bitrate comes to in an hour, as AWS's examples count: `Mbit/s ÷ 8 ÷ 1024 × 3600`. So a Mbit is 1,000,000
 * bits, and a GB is 1,024 MB. (The guide's tables name `kbit/s ÷ 8 ÷ 1024 ÷ 1024`, which does not give its figures:
 * 11,000 kbit/s for 200 h on two pipelines are 1,933.59 GB only this way.) What counts is the maximum bitrate of the
 * video: the sum of all renditions for ingest, the highest one for a viewer. Audio is left out as in the examples; it
 * is less than what QVBR saves. Nothing is rounded, where the guide cuts off parts of a GB.
 */
export function gbPerHour(bitsPerSecond: number): number {
  return (bitsPerSecond / 1_000_000 / 8 / 1024) * 3600;
}

/** What a channel costs in an hour of running, without viewers: MediaLive input and outputs, and what its origin takes in. */
export function runningCostPerHour(
  channel: Priced,
  { origin = 'media-package', prices = LIST_PRICES }: CostOptions = {},
): Cost {
  const pipelines = pipelineCount(channel);
  const renditions = renditionsOf(channel.ladder);
  return cost([
    inputPart(renditions, prices.input[pipelines], inputCount(channel)),
    ...renditions.map((rendition) => part(renditionName(rendition), 1, outputPrice(rendition, channel, prices))),
    ...ingest(channel, origin, prices),
  ]);
}

/** What a channel costs in an hour in which it exists and does not run. */
export function idleCostPerHour(prices: PriceBook = LIST_PRICES): Cost {
  return cost([part('idle channel', 1, prices.idleChannel)]);
}

/** Hours that MediaLive bills for one run: whole minutes, and at least 10 of them. A run of no length is no run. */
export function billedHours(hours: number): number {
  if (hours === 0) return 0;
  // What a multiplication by 60 leaves in the last digits is not a minute begun.
  return Math.max(10, Math.ceil(Number((hours * 60).toFixed(6)))) / 60;
}

/** How an audience is counted. */
export interface Audience {
  /** Viewers at a time, times hours. @default 1 */
  readonly viewerHours?: number;
  /** Share of the traffic that the edge has cached, 0 to 1; the rest is asked of the origin. @default 0.99 */
  readonly hitRatio?: number;
  /** GB that the account has delivered in this month before: where in the volume tiers it begins. @default 0 */
  readonly deliveredGb?: number;
}

/**
 * What viewers cost: delivery by CloudFront, its requests, and what the origin is asked for it. (A bucket gives CloudFront the bytes for nothing.)
 *
 * @throws RangeError for viewer-hours, a hit ratio or GB that cannot be.
 */
export function viewerCost(
  channel: Delivered,
  { viewerHours = 1, hitRatio = 0.99, deliveredGb = 0 }: Audience = {},
  { origin = 'media-package', prices = LIST_PRICES }: CostOptions = {},
): Cost & { readonly gb: number } {
  if (!(viewerHours >= 0)) throw new RangeError(`${viewerHours} viewer-hours were given; they must be 0 or more`);
  if (!(hitRatio >= 0 && hitRatio <= 1)) throw new RangeError(`a hit ratio of ${hitRatio} was given; it is 0 to 1`);
  if (!(deliveredGb >= 0)) throw new RangeError(`${deliveredGb} GB were given; they must be 0 or more`);
  const renditions = renditionsOf(channel.ladder);
  // Sound counts where there is nothing else.
  const highest =
    renditions.length === 0
      ? aacBitrate(channel.audio ?? { bitrate: 96_000 })
      : Math.max(...renditions.map(({ bitrate }) => bitrate));
  const gb = gbPerHour(highest) * viewerHours;
  const requests = requestsPerHour(channel, origin) * viewerHours;
  const { edgeRequests } = prices;
  return {
    gb,
    ...cost([
      ...delivery(gb, deliveredGb, prices),
      ...(edgeRequests === undefined ? [] : [part('edge requests', requests / 10_000, edgeRequests)]),
      ...(origin === 's3' ? [part('origination', (requests * (1 - hitRatio)) / 10_000, prices.bucketGets)] : []),
      ...(packages(origin) ? [part('origination', gb * (1 - hitRatio), prices.origination)] : []),
    ]),
  };
}

/** What one viewer costs in an hour, at the first tier of delivery. */
export function viewerCostPerHour(
  channel: Delivered,
  audience: Pick<Audience, 'hitRatio'> = {},
  options: CostOptions = {},
): Cost {
  return viewerCost(channel, audience, options);
}

/** Delivery of so many GB after others, one part for each volume tier that it touches. */
export function delivery(gb: number, deliveredGb: number, { egress }: PriceBook): readonly CostPart[] {
  return egress.flatMap(({ upToGb, price }, index) => {
    const from = Math.max(deliveredGb, egress[index - 1]?.upToGb ?? 0);
    const quantity = Math.min(deliveredGb + gb, upToGb) - from;
    return quantity > 0 ? [part('delivery', quantity, price)] : [];
  });
}

/**
 * Requests that a player makes in an hour: video, audio and a playlist for each, once a segment; with the latency `low`,
 * once an LL-HLS part (MediaPackage v1 has none). From a bucket: a segment with picture and sound, and a playlist.
 */
export function requestsPerHour(
  { latency }: Pick<LiveChannel, 'latency'>,
  origin: OriginOptions['kind'] = 'media-package',
): number {
  const { partSeconds, segmentSeconds } = streamTiming(latency);
  if (!packages(origin)) return (2 * 3600) / segmentSeconds;
  return (4 * 3600) / (latency === 'low' && origin === 'media-package' ? partSeconds : segmentSeconds);
}

/** Whether the origin is a packager, which makes CMAF of what it takes in. */
function packages(origin: OriginOptions['kind']): boolean {
  return origin === 'media-package' || origin === 'media-package-v1';
}

/** What the origin asks for taking in an hour of all pipelines. */
function ingest(channel: Priced, origin: OriginOptions['kind'], prices: PriceBook): readonly CostPart[] {
  const pipelines = pipelineCount(channel);
  const gb = gbPerHour(renditionsOf(channel.ladder).reduce((sum, { bitrate }) => sum + bitrate, 0)) * pipelines;
  const puts = (putsPerHour(channel) * pipelines) / 10_000;
  switch (origin) {
    case 'media-package':
    case 'media-package-v1':
      return [part('ingest', gb, prices.ingest)];
    case 's3':
      return [part('ingest', puts, prices.bucketPuts)];
    case 'media-store':
      return [part('ingest', gb, prices.containerIngest), part('ingest requests', puts, prices.containerPuts)];
  }
}

/** Objects that one pipeline writes to a bucket or container in an hour: each segment, its playlist, and the multivariant playlist. */
function putsPerHour({ ladder, latency }: Pick<LiveChannel, 'ladder' | 'latency'>): number {
  return ((2 * Math.max(1, renditionsOf(ladder).length) + 1) * 3600) / streamTiming(latency).segmentSeconds;
}

/** The amount as it is printed and added up: whole cents, a half rounded up. */
export function cents(usd: number): number {
  return Math.round(Number((usd * 100).toFixed(6))) / 100;
}

/** How many inputs a channel has: MediaLive charges each, all the time that it runs. */
function inputCount({ failover, preparedInputs = [] }: Priced): number {
  return 1 + (failover === undefined ? 0 : 1) + preparedInputs.length;
}

/** Inputs are billed by the class in the channel's input specification: lib/stream/encoder.ts. */
function inputPart(renditions: readonly Rendition[], input: PriceBook['input'][1 | 2], count: number): CostPart {
  const height = Math.max(0, ...renditions.map((rendition) => rendition.height));
  if (height <= 1080) {
    const inputClass = height > 720 ? 20 : 10;
    return part(`input up to ${inputClass} Mbit/s`, count, input[inputClass]);
  }
  const what = input[20].what.replace('HD AVC, 10 to 20', 'UHD HEVC, 20 to 50');
  const note = 'not found; from HD AVC, twice for UHD, twice for HEVC, and a step of the bitrate';
  return part('input up to 50 Mbit/s', count, estimate(input[20], UHD * HEVC * ABOVE_10_MBPS, note, what));
}

function outputPrice({ codec, height, bitrate, frameRate }: Rendition, channel: Priced, prices: PriceBook): Price {
  const price = prices.output[pipelineCount(channel)][height < 720 ? 'SD' : 'HD'];
  const fast = framesPerSecond(frameRate ?? channel.frameRate) > 30;
  const wide = bitrate > 10_000_000;
  const uhd = height > 1080;
  const hevc = codec === 'hevc';
  if (!fast && !wide && !uhd && !hevc) return price;
  const notes = [
    ...(price.basis === 'estimated' && price.note !== undefined ? [price.note] : []),
    ...(fast ? ['above 30 frames/s not found; twice the price, as MediaConvert asks'] : []),
    ...(wide ? ['above 10 Mbit/s not found; the step of the input’s price'] : []),
    ...(hevc ? ['HEVC not found; twice the price, as MediaConvert asks'] : []),
    ...(uhd ? ['above 1080 lines not found; twice the price, as MediaConvert asks'] : []),
  ];
  const base = (uhd ? price.what.replace('HD', 'UHD') : price.what).replace('AVC', hevc ? 'HEVC' : 'AVC');
  const what = [base, ...(fast ? ['above 30 frames/s'] : []), ...(wide ? ['above 10 Mbit/s'] : [])].join(', ');
  return estimate(
    price,
    (fast ? ABOVE_30_FPS : 1) * (wide ? ABOVE_10_MBPS : 1) * (hevc ? HEVC : 1) * (uhd ? UHD : 1),
    notes.join('; '),
    what,
  );
}

function part(name: string, quantity: number, price: Price): CostPart {
  return { name, quantity, price, usd: quantity * price.usd };
}

function cost(parts: readonly CostPart[]): Cost {
  return { usd: parts.reduce((sum, { usd }) => sum + usd, 0), parts };
}
