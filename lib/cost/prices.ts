import {
  type EgressTier,
  estimate,
  type InputClass,
  inputName,
  type Output,
  outputName,
  type Price,
  type PriceBook,
} from './price';

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

/** The price of one pipeline as a part of that of two, in every price that is known for both. */
const SINGLE = 0.6;

type Amount = Omit<Price, 'what' | 'unit'>;

const output = (encode: Omit<Output, 'codec'>, amount: Amount): Price => ({
  what: outputName({ ...encode, codec: 'AVC' }),
  unit: 'hour',
  ...amount,
});
const input = (of: Omit<InputClass, 'format'>, amount: Amount): Price => ({
  what: inputName({ ...of, format: 'HD AVC' }),
  unit: 'hour',
  ...amount,
});

/** Estimates the price of one pipeline from that of two. */
function single(price: Price, what: string): Price {
  return estimate(price, { what, factor: SINGLE, note: 'not found for one pipeline; 0.6 of the price for two' });
}

const outputOfOne = (resolution: 'SD' | 'HD') => outputName({ resolution, codec: 'AVC', pipelines: 1 });
const INPUT_OF_ONE = inputName({ format: 'HD AVC', megabits: '10 to 20', pipelines: 1 });

const input20 = input({ megabits: '10 to 20', pipelines: 2 }, { ...s3Guide, usd: 0.294 });

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
    1: {
      10: input({ megabits: 'up to 10', pipelines: 1 }, { ...reading, usd: 0.1404 }),
      20: single(input20, INPUT_OF_ONE),
    },
    2: { 10: input({ megabits: 'up to 10', pipelines: 2 }, { ...reading, usd: 0.234 }), 20: input20 },
  },
  output: {
    1: {
      SD: output({ resolution: 'SD', pipelines: 1 }, { ...reading, usd: 0.2124 }),
      HD: output({ resolution: 'HD', pipelines: 1 }, { ...reading, usd: 0.4212 }),
    },
    2: {
      SD: output({ resolution: 'SD', pipelines: 2 }, { ...s3Guide, usd: 0.354 }),
      HD: output({ resolution: 'HD', pipelines: 2 }, { ...s3Guide, usd: 0.702 }),
    },
  },
  edgeRequests: {
    what: 'CloudFront HTTPS requests, North America and Europe',
    usd: 0.01,
    unit: '10,000 requests',
    ...reading,
  },
};

/** The only price for inputs in the guide: 10 to 20 Mbit/s, for all its examples. */
const guideInput = input({ megabits: '10 to 20', pipelines: 2 }, { ...guide, usd: 0.234 });
const guideOutput = {
  SD: output({ resolution: 'SD', pipelines: 2 }, { ...guide, usd: 0.438 }),
  HD: output({ resolution: 'HD', pipelines: 2 }, { ...guide, usd: 0.882 }),
} as const;

/**
 * The prices of the guide of AWS's solution, with which its examples can be computed again: its outputs cost more. They
 * are written out even where they equal those of the list, and stay as they are when the list changes.
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
    1: { 10: single(guideInput, INPUT_OF_ONE), 20: single(guideInput, INPUT_OF_ONE) },
    2: { 10: guideInput, 20: guideInput },
  },
  output: {
    1: { SD: single(guideOutput.SD, outputOfOne('SD')), HD: single(guideOutput.HD, outputOfOne('HD')) },
    2: guideOutput,
  },
};
