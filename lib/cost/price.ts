/** How well a price is known: from AWS's own page, from another author's reading of AWS's price list, or estimated. */
export type Basis = 'published' | 'reported' | 'estimated';

/** One price: US East (N. Virginia), on demand, without free tier, discount or tax. */
export interface Price {
  readonly what: string;
  readonly usd: number;
  readonly unit:
    | 'hour'
    | 'minute'
    | 'month'
    | 'GB'
    | 'GB-month'
    | '1,000 ads'
    | '10,000 requests'
    | 'million requests'
    | 'million GB-seconds';
  readonly basis: Basis;
  /** The page that the number comes from; for an estimate, the page that it starts from. */
  readonly source: string;
  /** The day when AWS was asked or its page read (ISO 8601); AWS does not date its pages. */
  readonly date: string;
  /** The origin of a price that is not published, or the reasoning of an estimate. */
  readonly note?: string;
  /** Quantity that AWS gives every account free each month, in the unit of the price; the price is what follows. */
  readonly free?: number;
}

/** Volume discount of the edge: the price up to this many GB of a month. */
export interface EgressTier {
  readonly upToGb: number;
  readonly price: Price;
}

/** The number of pipelines that a price is for. */
export type Pipelines = 1 | 2;

/** The resolutions that MediaLive prices, up to 719, 1080 and 2160 lines. */
export type Resolution = 'SD' | 'HD' | 'UHD';

/** The codecs that MediaLive prices. */
export type Codec = 'AVC' | 'HEVC';

/** The prices that a cost is made from. */
export interface PriceBook {
  readonly name: 'list' | 'guide';
  /** MediaLive, an HD AVC input, by its bitrate class in Mbit/s. */
  readonly input: Readonly<Record<Pipelines, Readonly<Record<10 | 20, Price>>>>;
  /** MediaLive, an AVC output up to 10 Mbit/s and 30 frames/s. */
  readonly output: Readonly<Record<Pipelines, Readonly<Record<'SD' | 'HD', Price>>>>;
  readonly idleChannel: Price;
  readonly ingest: Price;
  readonly origination: Price;
  /** Requests of a bucket as the origin: those of the encoder, and those of the edge. */
  readonly bucketPuts: Price;
  readonly bucketGets: Price;
  /** A MediaStore container as the origin: its ingest. Its price for reading was not found. */
  readonly containerIngest: Price;
  readonly containerPuts: Price;
  readonly egress: readonly EgressTier[];
  /** Left out, requests at the edge are not counted, as in AWS's guide. */
  readonly edgeRequests?: Price;
}

const PIPELINES: Readonly<Record<Pipelines, string>> = { 1: 'one pipeline', 2: 'two pipelines' };

/** The encode that an output's price is for. */
export interface Output {
  readonly resolution: Resolution;
  readonly codec: Codec;
  readonly pipelines: Pipelines;
}

/** Names the price of a MediaLive output. */
export function outputName({ resolution, codec, pipelines }: Output): string {
  return `MediaLive output, ${resolution} ${codec}, ${PIPELINES[pipelines]}`;
}

/** The contribution that an input's price is for. */
export interface InputClass {
  readonly format: 'HD AVC' | 'UHD HEVC';
  /** The class of its bitrate in Mbit/s: `up to 10`. */
  readonly megabits: string;
  readonly pipelines: Pipelines;
}

/** Names the price of a MediaLive input. */
export function inputName({ format, megabits, pipelines }: InputClass): string {
  return `MediaLive input, ${format}, ${megabits} Mbit/s, ${PIPELINES[pipelines]}`;
}

/** An estimate that starts from a known price. */
export interface Estimate {
  readonly what: string;
  readonly factor: number;
  readonly note: string;
}

/** Estimates a price from a known one, with the four decimals of AWS's own prices per hour. */
export function estimate(price: Price, { what, factor, note }: Estimate): Price {
  return { ...price, what, usd: Number((price.usd * factor).toFixed(4)), basis: 'estimated', note };
}
