/** How well a price is known: AWS's own page, somebody's reading of AWS's price list, or a guess with its reason. */
export type Basis = 'published' | 'reported' | 'estimated';

/** One price: US East (N. Virginia), on demand, without free tier, discount or tax. This file is the only home of prices. */
export interface Price {
  readonly what: string;
  readonly usd: number;
  readonly unit: 'hour' | 'GB' | '10,000 requests';
  readonly basis: Basis;
  /** The page that the number comes from; of an estimate, the page that it starts from. */
  readonly source: string;
  /** When AWS was asked or its page read (ISO day); AWS does not date its pages. */
  readonly date: string;
  /** For a price that is not published: where it comes from, or how it was estimated. */
  readonly note?: string;
}

/** Volume discount of the edge: the price up to this many GB of a month. */
export interface EgressTier {
  readonly upToGb: number;
  readonly price: Price;
}

type Pipelines = 1 | 2;
type Resolution = 'SD' | 'HD';

/** The prices that a cost is made from. */
export interface PriceBook {
  readonly name: 'list' | 'guide';
  /** MediaLive, an HD AVC input, by its bitrate class in Mbit/s. */
  readonly input: Readonly<Record<Pipelines, Readonly<Record<10 | 20, Price>>>>;
  /** MediaLive, an AVC output up to 10 Mbit/s and 30 frames/s. */
  readonly output: Readonly<Record<Pipelines, Readonly<Record<Resolution, Price>>>>;
  readonly idleChannel: Price;
  readonly ingest: Price;
  readonly origination: Price;
  /** Requests of a bucket as the origin: what the encoder writes, and what the edge reads. */
  readonly bucketPuts: Price;
  readonly bucketGets: Price;
  /** A MediaStore container as the origin: what it took in. What it asked for reading was not found. */
  readonly containerIngest: Price;
  readonly containerPuts: Price;
  readonly egress: readonly EgressTier[];
  /** Left out, requests at the edge are not counted, as AWS's guide does not. */
  readonly edgeRequests?: Price;
}

const GUIDE = 'https://docs.aws.amazon.com/solutions/latest/live-streaming-on-aws/plan-your-deployment.html';
const S3_GUIDE =
  'https://docs.aws.amazon.com/solutions/latest/live-streaming-on-aws-with-amazon-s3/cost-example-2.html';
const READING = 'https://github.com/wbm99/aws-channel-with-terraform/blob/main/docs/cost-estimate.md';
const EDGE = 'https://aws.amazon.com/cloudfront/pricing/';

const guide = { basis: 'published', source: GUIDE, date: '2026-11-22' } as const;
const s3Guide = { basis: 'published', source: S3_GUIDE, date: '2026-11-22' } as const;
const bucket = {
  basis: 'reported',
  source: 'https://c3x.dev/blog/s3-request-fees-explained',
  date: '2026-11-24',
  note: "another author's reading of the S3 price page",
} as const;
const edge = { basis: 'published', source: EDGE, date: '2026-11-24' } as const;
const reading = {
  basis: 'reported',
  source: READING,
  date: '2026-09-18',
  note: "another project's reading of the AWS Price List API",
} as const;

/** One pipeline costs 0.6 of two in every price that is known for both. */
const SINGLE = 0.6;

const PIPELINES = { 1: ', one pipeline', 2: ', two pipelines' } as const;

const output = (resolution: Resolution, pipelines: Pipelines) =>
  ({ what: `MediaLive output, ${resolution} AVC${PIPELINES[pipelines]}`, unit: 'hour' }) as const;
const input = (classes: string, pipelines: Pipelines) =>
  ({ what: `MediaLive input, HD AVC, ${classes} Mbit/s${PIPELINES[pipelines]}`, unit: 'hour' }) as const;

/** An estimate from a price that is known, in the four decimals that AWS's own prices by the hour have. */
export function estimate(price: Price, factor: number, note: string, what: string = price.what): Price {
  return { ...price, what, usd: Number((price.usd * factor).toFixed(4)), basis: 'estimated', note };
}

/** What a class beyond 10 Mbit/s costs more: the step that the price of HD inputs takes from 0.234 to 0.294 USD. */
export const ABOVE_10_MBPS = 0.294 / 0.234;

/** What more than 30 frames/s are taken to cost: twice as much, as AWS asks for in MediaConvert. MediaLive's price was not found. */
export const ABOVE_30_FPS = 2;

/** What HEVC is taken to cost: twice AVC, as AWS asks for in MediaConvert. MediaLive's price was not found. */
export const HEVC = 2;

/** What a picture above 1080 lines is taken to cost: twice HD, as AWS asks for in MediaConvert; not found for MediaLive. */
export const UHD = 2;

function single(price: Price): Price {
  const what = price.what.replace(PIPELINES[2], PIPELINES[1]);
  return estimate(price, SINGLE, 'not found for one pipeline; 0.6 of the price for two', what);
}

const input20: Price = { ...input('10 to 20', 2), ...s3Guide, usd: 0.294 };

const TB = 1024;

/** Volume tiers, each as its end in TB a month and its price. */
function tiers(from: Pick<Price, 'basis' | 'source' | 'date'>, prices: readonly (readonly [number, number])[]) {
  return prices.map(([upToTb, usd]): EgressTier => {
    const size = Number.isFinite(upToTb) ? `up to ${upToTb.toLocaleString('en-US')} TB a month` : 'beyond';
    const what = `CloudFront delivery, North America and Europe, ${size}`;
    return { upToGb: upToTb * TB, price: { what, usd, unit: 'GB', ...from } };
  });
}

const idleChannel: Price = {
  what: 'MediaLive idle channel',
  usd: 0.04,
  unit: 'hour',
  basis: 'estimated',
  source: 'https://aws.amazon.com/medialive/pricing/',
  date: '2026-11-24',
  note: 'AWS says "a small charge"; 0.04 USD is what scripts of a public project say, and was not found elsewhere',
};
const packager = (face: 'ingest' | 'origination') => ({ what: `MediaPackage ${face}`, unit: 'GB' }) as const;
const bucketPuts: Price = { what: 'S3 PUT requests', usd: 0.05, unit: '10,000 requests', ...bucket };
const bucketGets: Price = { what: 'S3 GET requests', usd: 0.004, unit: '10,000 requests', ...bucket };

const container = {
  basis: 'reported',
  source: 'https://aws.amazon.com/mediastore/pricing/',
  date: '2025-11-13',
  note: 'as it was last listed: AWS discontinued MediaStore on this day, and the page is gone',
} as const;
const containerIngest: Price = { what: 'MediaStore ingest', usd: 0.02, unit: 'GB', ...container };
const containerPuts: Price = { what: 'MediaStore PUT requests', usd: 0.05, unit: '10,000 requests', ...container };

/** The prices that everything is computed with: the newest that were found. */
export const LIST_PRICES: PriceBook = {
  name: 'list',
  idleChannel,
  ingest: { ...packager('ingest'), ...guide, usd: 0.03 },
  origination: { ...packager('origination'), ...guide, usd: 0.05 },
  bucketPuts,
  bucketGets,
  containerIngest,
  containerPuts,
  egress: tiers(edge, [
    [10, 0.085],
    [50, 0.08],
    [150, 0.06],
    [500, 0.04],
    [1024, 0.03],
    [5 * 1024, 0.025],
    [Number.POSITIVE_INFINITY, 0.02],
  ]),
  input: {
    1: { 10: { ...input('up to 10', 1), ...reading, usd: 0.1404 }, 20: single(input20) },
    2: { 10: { ...input('up to 10', 2), ...reading, usd: 0.234 }, 20: input20 },
  },
  output: {
    1: {
      SD: { ...output('SD', 1), ...reading, usd: 0.2124 },
      HD: { ...output('HD', 1), ...reading, usd: 0.4212 },
    },
    2: {
      SD: { ...output('SD', 2), ...s3Guide, usd: 0.354 },
      HD: { ...output('HD', 2), ...s3Guide, usd: 0.702 },
    },
  },
  edgeRequests: {
    what: 'CloudFront HTTPS requests, North America and Europe',
    usd: 0.01,
    unit: '10,000 requests',
    ...reading,
  },
};

/** The guide has one price for inputs, of 10 to 20 Mbit/s, and takes it for all its examples. */
const guideInput: Price = { ...input('10 to 20', 2), ...guide, usd: 0.234 };
const guideOutput = {
  SD: { ...output('SD', 2), ...guide, usd: 0.438 },
  HD: { ...output('HD', 2), ...guide, usd: 0.882 },
} as const;

/**
 * The prices of the guide of AWS's solution, with which its examples can be computed again: its outputs cost more. They
 * are its own, also where they are those of the list, and stay as they are when the list changes.
 */
export const GUIDE_PRICES: PriceBook = {
  name: 'guide',
  idleChannel,
  ingest: { ...packager('ingest'), ...guide, usd: 0.03 },
  origination: { ...packager('origination'), ...guide, usd: 0.05 },
  bucketPuts,
  bucketGets,
  containerIngest,
  containerPuts,
  egress: tiers(guide, [
    [10, 0.085],
    [Number.POSITIVE_INFINITY, 0.08],
  ]),
  input: {
    1: { 10: single(guideInput), 20: single(guideInput) },
    2: { 10: guideInput, 20: guideInput },
  },
  output: { 1: { SD: single(guideOutput.SD), HD: single(guideOutput.HD) }, 2: guideOutput },
};
