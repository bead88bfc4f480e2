import { AwsError } from '../../kit/aws-error';
import { type Item, scalar } from '../attribute';
import { order } from '../compare';
import { itemBytes } from '../size';
import { keyOf, keyText, scanPlace } from './key';
import type { TableSettings } from './table-settings';

/** The largest item. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const ITEM_LIMIT_BYTES = 400 * 1024;

/**
 * The time from the expiry of an item until it is removed, in seconds of the cloud's time. DynamoDB takes up to a few days.
 * The local run is late as well, so that a program that relies on the removal shows it.
 */
const EXPIRY_LATENESS_SECONDS = 3600;

/** Items whose time is longer ago than this are kept: DynamoDB takes it for a mistake. Five years. */
const EXPIRY_HORIZON_SECONDS = 5 * 365 * 86_400;

/** A table with its items, in memory. */
export class Table {
  private readonly items = new Map<string, Item>();

  /** @param now - milliseconds since 1970 in the cloud's time. */
  constructor(
    public settings: TableSettings,
    readonly arn: string,
    private readonly now: () => number,
  ) {}

  /** Reads an item, also an expired one that is not removed yet; undefined when there is none. */
  get(key: Item): Item | undefined {
    this.removeExpired();
    return this.items.get(keyText(this.settings, key));
  }

  /** @throws AwsError ValidationException for an item of more than 400 KB, or without its key. */
  check(item: Item): void {
    keyOf(this.settings, item);
    if (itemBytes(item) > ITEM_LIMIT_BYTES) {
      throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size');
    }
  }

  /** Keeps an item in place of the one with its key. @throws AwsError as {@link Table.check}. */
  put(item: Item): void {
    this.check(item);
    this.items.set(keyText(this.settings, keyOf(this.settings, item)), item);
  }

  delete(key: Item): void {
    this.items.delete(keyText(this.settings, key));
  }

  /** All items, in the order of a scan. */
  scanned(): readonly Item[] {
    this.removeExpired();
    const placed = [...this.items.values()].map((item) => ({ item, place: scanPlace(this.settings, item) }));
    return placed.sort((one, other) => (one.place < other.place ? -1 : 1)).map(({ item }) => item);
  }

  /** The items with one hash key, in the order of their range keys. */
  queried(hash: string): readonly Item[] {
    this.removeExpired();
    const { hash: own, range } = this.settings;
    const found = [...this.items.values()].filter((item) => scalar(item[own.name] ?? {}) === hash);
    if (range === undefined) return found;
    return found.sort((one, other) => order(one[range.name] ?? {}, other[range.name] ?? {}) ?? 0);
  }

  private removeExpired(): void {
    const { expiry } = this.settings;
    if (expiry === undefined) return;
    const now = this.now() / 1000;
    for (const [text, item] of this.items) {
      const time = item[expiry]?.['N'];
      if (time === undefined) continue;
      const age = now - Number(time);
      if (age > EXPIRY_LATENESS_SECONDS && age < EXPIRY_HORIZON_SECONDS) this.items.delete(text);
    }
  }
}
