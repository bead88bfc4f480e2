import { type EdgeObject, isShared } from './edge-object';

/** Bytes that an object costs beside its body: headers, key, bookkeeping. A generous guess. */
const OVERHEAD = 2_048;

interface Entry {
  readonly object: EdgeObject;
  /** Bytes that are counted for it. */
  weight: number;
}

/** Objects by cache key, the least recently used dropped first when they outgrow the limit. */
export class ObjectCache {
  private readonly entries = new Map<string, Entry>();
  private used = 0;

  /** @param limit - in bytes. */
  constructor(private readonly limit: number) {}

  /** Bytes in use. */
  get size(): number {
    return this.used;
  }

  get(key: string): EdgeObject | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.object;
  }

  /** A body that is still coming is counted when it is complete, and not kept when it breaks off or is too large. */
  set(key: string, object: EdgeObject): void {
    this.delete(key);
    const entry: Entry = { object, weight: 0 };
    this.entries.set(key, entry);
    this.count(entry);
    if (isShared(object.body)) {
      void object.body.finished.then((complete) => {
        if (this.entries.get(key) !== entry) return;
        if (complete) this.count(entry);
        else this.delete(key);
      });
    }
  }

  delete(key: string): void {
    this.used -= this.entries.get(key)?.weight ?? 0;
    this.entries.delete(key);
  }

  /** Forgets every object whose path and query fit. */
  forget(fits: (uri: string) => boolean): void {
    for (const [key, { object }] of this.entries) if (fits(object.uri)) this.delete(key);
  }

  private count(entry: Entry): void {
    const { body } = entry.object;
    const weight = OVERHEAD + (Buffer.isBuffer(body) ? body.length : isShared(body) ? (body.whole?.length ?? 0) : 0);
    this.used += weight - entry.weight;
    entry.weight = weight;
    for (const key of this.entries.keys()) {
      if (this.used <= this.limit) return;
      this.delete(key);
    }
  }
}
