import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kit/aws-error';

/** Largest key, value and store, in bytes, and the most keys that one update may change. */
const LARGEST_KEY = 512;
const LARGEST_VALUE = 1024;
const LARGEST_STORE = 5 * 1024 * 1024;
const MOST_CHANGES = 50;

/** Changes of a store. All of them are applied, or none. */
export interface KeyValueUpdate {
  readonly puts?: readonly (readonly [key: string, value: string])[];
  readonly deletes?: readonly string[];
}

/** Name and times of a store. Times are milliseconds since 1970, in the cloud's time. */
interface Description {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly created: number;
}

/**
 * The pairs of one key value store. A change is visible to functions at once. On AWS it takes seconds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores
 */
export class KeyValueStore {
  private pairs: ReadonlyMap<string, string> = new Map();
  private changedAt: number;
  /** Version of the whole store: every successful change makes another one. */
  private version = newVersion();
  private bytes = 0;

  constructor(readonly description: Description) {
    this.changedAt = description.created;
  }

  /** Time of the latest change, in milliseconds since 1970. */
  get changed(): number {
    return this.changedAt;
  }

  get etag(): string {
    return this.version;
  }

  /** Number of pairs. */
  get count(): number {
    return this.pairs.size;
  }

  /** Bytes of all keys and values. */
  get size(): number {
    return this.bytes;
  }

  get(key: string): string | undefined {
    return this.pairs.get(key);
  }

  /** Lists pairs in the order of their keys. @param after - the key after which the list begins. */
  list(most: number, after?: string): readonly (readonly [key: string, value: string])[] {
    const keys = [...this.pairs.keys()].filter((key) => after === undefined || key > after).sort();
    return keys.slice(0, most).map((key) => [key, this.pairs.get(key) ?? '']);
  }

  /**
   * Applies an update to the version that its writer has read.
   *
   * @param ifMatch - ETag of that version.
   * @param now - milliseconds since 1970.
   * @throws AwsError ConflictException for another version; ValidationException or ServiceQuotaExceededException for an
   * update beyond a limit; ResourceNotFoundException for a deleted key that does not exist.
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-kvp.html
   */
  update({ puts = [], deletes = [] }: KeyValueUpdate, ifMatch: string | undefined, now: number): void {
    if (ifMatch === undefined || ifMatch === '') throw invalid('If-Match is missing; send the ETag of the store');
    if (ifMatch !== this.version) {
      const sentence = 'the store has changed since this ETag; describe it again and repeat the change';
      throw new AwsError('ConflictException', `Resource is not in expected state: ${sentence}`, 409);
    }
    const keys = [...puts.map(([key]) => key), ...deletes];
    if (keys.length === 0) throw invalid('no change was given; Puts or Deletes is needed');
    if (keys.length > MOST_CHANGES) {
      throw invalid(`${keys.length} keys were given; an update changes at most ${MOST_CHANGES}`);
    }
    if (new Set(keys).size !== keys.length) throw invalid('a key was given twice; each key may be changed once');
    for (const key of keys) checkLength('Key', key, LARGEST_KEY);
    for (const [, value] of puts) checkLength('Value', value, LARGEST_VALUE);
    const missing = deletes.find((key) => !this.pairs.has(key));
    if (missing !== undefined) throw keyNotFound(missing);

    const changed = new Map(this.pairs);
    for (const key of deletes) changed.delete(key);
    for (const [key, value] of puts) changed.set(key, value);
    const bytes = [...changed].reduce(
      (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
      0,
    );
    if (bytes > LARGEST_STORE) {
      const sentence = `The store would have ${bytes} bytes; a key value store has at most ${LARGEST_STORE}`;
      throw new AwsError('ServiceQuotaExceededException', sentence, 402);
    }
    this.pairs = changed;
    this.bytes = bytes;
    this.changedAt = now;
    this.version = newVersion();
  }
}

/** Makes the error for a key that a store does not have. */
export function keyNotFound(key: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Key ${JSON.stringify(key)} was not found in the store`, 404);
}

function checkLength(member: string, text: string, most: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > most) throw invalid(`${member} of ${bytes} bytes was given; at most ${most} bytes are accepted`);
  if (member === 'Key' && bytes === 0) throw invalid('an empty Key was given; a key has at least one character');
}

function invalid(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}

function newVersion(): string {
  return `ETVKV${randomUUID().replaceAll('-', '').toUpperCase()}`;
}
