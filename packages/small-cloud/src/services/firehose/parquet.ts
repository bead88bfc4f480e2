import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CatalogColumn } from '../../contract';

/** A record as it was sent. */
export interface Sent {
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly arrived: number;
}

/** An object of JSON that was not written. */
export interface Failure {
  readonly raw: Uint8Array;
  readonly arrived: number;
  readonly message: string;
  /** True for text that is not a JSON object, false for a value that does not fit its column. */
  readonly isMalformed: boolean;
}

/** The Parquet of some records. */
export interface Converted {
  /** Undefined when no row was left. */
  readonly parquet: Uint8Array | undefined;
  readonly rows: number;
  readonly failures: readonly Failure[];
}

const WORKER = join(__dirname, 'parquet-worker.mjs');

/** Types of columns that Firehose's conversion writes in the local run. */
export const WRITTEN_TYPES: readonly string[] = [
  'string',
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
];

/** Converts records to one Parquet file with the columns of a table, in a thread that ends afterwards. */
export async function converted(
  records: readonly Sent[],
  { columns, foldsKeys }: { readonly columns: readonly CatalogColumn[]; readonly foldsKeys: boolean },
): Promise<Converted> {
  // Loaders of this process, such as tsx, are of no use to plain JavaScript.
  const worker = new Worker(WORKER, { workerData: { records, columns, foldsKeys }, execArgv: [] });
  try {
    return await new Promise<Converted>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The conversion to Parquet ended without a result.')));
    });
  } finally {
    await worker.terminate();
  }
}
