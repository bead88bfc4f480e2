import { estimate, type Price } from './price';

const mediaConvert = {
  unit: 'minute',
  basis: 'published',
  source: 'https://aws.amazon.com/mediatailor/pricing/',
  date: '2026-11-28',
} as const;
const s3 = {
  basis: 'reported',
  date: '2026-11-29',
  note: "another author's reading of the S3 price page",
} as const;

const sd: Price = { what: 'MediaConvert output, SD AVC, basic tier', usd: 0.0075, ...mediaConvert };
const hd: Price = { what: 'MediaConvert output, HD AVC, basic tier', usd: 0.015, ...mediaConvert };

const uhd = estimate(hd, {
  what: 'MediaConvert output, 4K AVC, basic tier',
  factor: 2,
  note: 'twice the price of HD',
});

/** Reason why an output of pictures has the price of a video. */
const PICTURES =
  'AWS does not say what pictures cost; the price of a video of their size and of the whole length, at most';
/** Reason of the price above 30 frames/s. */
const FAST = 'twice the price, above 30 frames/s';

/**
 * Prices of what becomes of a show. They are the same in both price books: AWS's guide has none of it. A price for the
 * harvest itself was not found.
 *
 * @see https://aws.amazon.com/mediaconvert/pricing/
 */
export const RECORDING_PRICES = {
  storage: {
    what: 'S3 Standard storage, first 50 TB',
    usd: 0.023,
    unit: 'GB-month',
    source: 'https://gist.github.com/EverettBerry/a37438006529a55f42da6fdbc44a505c',
    ...s3,
  },
  puts: {
    what: 'S3 PUT requests of a recording',
    usd: 0.05,
    unit: '10,000 requests',
    source: 'https://c3x.dev/blog/s3-request-fees-explained',
    ...s3,
  },
  sd,
  hd,
  uhd,
  fastSd: estimate(sd, { what: 'MediaConvert output, SD AVC, above 30 frames/s', factor: 2, note: FAST }),
  fastHd: estimate(hd, { what: 'MediaConvert output, HD AVC, above 30 frames/s', factor: 2, note: FAST }),
  fastUhd: estimate(uhd, { what: 'MediaConvert output, 4K AVC, above 30 frames/s', factor: 2, note: FAST }),
  picturesSd: estimate(sd, { what: 'MediaConvert pictures, SD', factor: 1, note: PICTURES }),
  picturesHd: estimate(hd, { what: 'MediaConvert pictures, HD', factor: 1, note: PICTURES }),
} as const satisfies Readonly<Record<string, Price>>;
