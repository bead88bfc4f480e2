import { randomUUID } from 'node:crypto';
import type { Catalog, Cloud, ObjectShelf } from '../../contract';
import type { DeliveryStreamSettings } from './delivery-stream';
import { type Converted, converted, type Failure, type Sent, WRITTEN_TYPES } from './parquet';
import { missingPermissions } from './permissions';
import { evaluated } from './prefix';

/** Parts of the run that a delivery uses. */
export interface DeliveryMeans {
  readonly cloud: Cloud;
  readonly shelf: ObjectShelf;
  readonly catalog: Catalog;
}

/**
 * Most bytes that a stream holds in memory, those being written included. Hints of 64 MB and more are for files that are
 * read often; Firehose may deliver sooner.
 */
export const MOST_BYTES = 16 * 2 ** 20;

/** Bytes at which a delivery begins before its time. */
const FULL_BYTES = MOST_BYTES / 2;

const FAILED = 'format-conversion-failed';

/** The buffer of one stream, and what becomes of it. */
export class Delivery {
  private waiting: Sent[] = [];
  private waitingBytes = 0;
  private writingBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Deliveries follow one another. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    public settings: DeliveryStreamSettings,
    private readonly means: DeliveryMeans,
  ) {}

  /** Takes a record. @returns false when the buffer is full. */
  take(bytes: Uint8Array): boolean {
    if (this.waitingBytes + this.writingBytes + bytes.length > MOST_BYTES) return false;
    const { clock } = this.means.cloud;
    this.waiting.push({ bytes, arrived: clock.now() });
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= FULL_BYTES) void this.flush();
    else this.wait();
    return true;
  }

  /** Delivers all that was taken. Resolves when it is in the bucket, or was given up. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const records = this.waiting;
    const bytes = this.waitingBytes;
    [this.waiting, this.waitingBytes] = [[], 0];
    this.writingBytes += bytes;
    this.last = this.last.then(async () => {
      if (records.length > 0) await this.deliver(records);
      this.writingBytes -= bytes;
    });
    return this.last;
  }

  /** Forgets what was taken, as Firehose does for a stream that is deleted. */
  drop(): void {
    clearTimeout(this.timer);
    [this.waiting, this.waitingBytes] = [[], 0];
  }

  private wait(): void {
    if (this.timer !== undefined) return;
    const milliseconds = (Math.max(1, this.settings.seconds) * 1000) / this.means.cloud.clock.speed;
    this.timer = setTimeout(() => void this.flush(), milliseconds);
    this.timer.unref();
  }

  /** Never throws: what Firehose would retry for a day is given up with a warning. */
  private async deliver(records: readonly Sent[]): Promise<void> {
    try {
      await this.write(records);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const note = `${this.settings.name}: ${records.length} records were not delivered. ${reason}`;
      this.means.cloud.tell('firehose', note, 'warning');
    }
  }

  private async write(records: readonly Sent[]): Promise<void> {
    const { settings, means } = this;
    const { database, table: name, foldsKeys } = settings.conversion;
    const missing = missingPermissions(settings, means);
    if (missing.length > 0) throw new Error(`The role ${settings.roleArn} does not allow ${missing.join(', ')}.`);
    const table = means.catalog.table(database, name);
    if (table === undefined) throw new Error(`Table ${name} not found in ${database}.`);
    const { columns } = table;
    const stranger = columns.find(({ type }) => !WRITTEN_TYPES.includes(type));
    if (stranger !== undefined) {
      throw new Error(
        `The column ${stranger.name} is a ${stranger.type}; the local run writes ${WRITTEN_TYPES.join(', ')}.`,
      );
    }
    const result = await converted(records, { columns, foldsKeys });
    await this.store(result, records[0]?.arrived ?? means.cloud.clock.now());
  }

  private async store({ parquet, rows, failures }: Converted, at: number): Promise<void> {
    const { settings, means } = this;
    const { bucket, prefix, errorPrefix, name, ending } = settings;
    const object = `${name}-1-${stamp(at)}-${randomUUID()}`;
    if (parquet !== undefined) {
      const key = `${evaluated(prefix, { at })}${object}${ending}`;
      await means.shelf.write({ bucket, key, body: Buffer.from(parquet), contentType: 'application/octet-stream' });
      means.cloud.tell('firehose', `${name} wrote ${rows} rows to s3://${bucket}/${key}`);
    }
    if (failures.length === 0) return;
    const key = `${evaluated(errorPrefix, { at, failure: FAILED })}${object}`;
    const lines = failures.map((failure) => `${JSON.stringify(this.report(failure))}\n`).join('');
    await means.shelf.write({ bucket, key, body: Buffer.from(lines), contentType: 'application/octet-stream' });
    const note = `${name} could not convert ${failures.length} objects; they are in s3://${bucket}/${key}`;
    means.cloud.tell('firehose', note, 'warning');
  }

  /** @see https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-error-handling.html */
  private report({ raw, arrived, message, isMalformed }: Failure) {
    const { region, accountId, clock } = this.means.cloud;
    const { database, table } = this.settings.conversion;
    return {
      attemptsMade: 1,
      arrivalTimestamp: Math.round(arrived),
      ErrorCode: isMalformed ? 'DataFormatConversion.ParseError' : 'DataFormatConversion.MalformedData',
      ErrorMessage: message,
      attemptEndingTimestamp: Math.round(clock.now()),
      rawData: Buffer.from(raw).toString('base64'),
      sequenceNumber: '0',
      subSequenceNumber: null,
      dataCatalogTable: {
        catalogId: accountId,
        databaseName: database,
        tableName: table,
        region,
        versionId: 'LATEST',
        catalogArn: null,
      },
    };
  }
}

/** The time in the name of an object: `2026-11-29-03-10-59`. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
}
