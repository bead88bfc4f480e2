import type { OriginKindName } from '../channel/origin';
import { type CostPart, part } from './cost-part';
import type { PriceBook } from './price';

/** The ingest of an hour, of all pipelines. */
interface Taken {
  readonly gb: number;
  readonly puts: number;
}

const packaged = ({ gb }: Taken, { ingest }: PriceBook) => [part('ingest', gb, ingest)];

/** The parts of an hour's ingest, by origin. */
export const INGEST: Readonly<Record<OriginKindName, (taken: Taken, prices: PriceBook) => readonly CostPart[]>> = {
  'media-package': packaged,
  'media-package-v1': packaged,
  s3: ({ puts }, { bucketPuts }) => [part('ingest', puts / 10_000, bucketPuts)],
  'media-store': ({ gb, puts }, { containerIngest, containerPuts }) => [
    part('ingest', gb, containerIngest),
    part('ingest requests', puts / 10_000, containerPuts),
  ],
};

/** The reads of the edge that its cache does not answer. */
interface Read {
  readonly gb: number;
  readonly requests: number;
}

const read = ({ gb }: Read, { origination }: PriceBook) => [part('origination', gb, origination)];

/** The parts of what the edge reads, by origin. MediaStore's price for reading was not found. */
export const ORIGINATION: Readonly<Record<OriginKindName, (reads: Read, prices: PriceBook) => readonly CostPart[]>> = {
  'media-package': read,
  'media-package-v1': read,
  s3: ({ requests }, { bucketGets }) => [part('origination', requests / 10_000, bucketGets)],
  'media-store': () => [],
};
