import { randomInt } from 'node:crypto';
import type { Cloud } from '../../../contract';
import { ServiceError } from '../contract/service-error';
import { TIMING } from './timing';

interface Entry<T> {
  readonly thing: T;
  /** Time from which Describe and List calls know it, in milliseconds of `performance.now()`. */
  readonly knownFrom: number;
  /** Time until which it can still be described, once it is deleted. */
  readonly shownUntil: number | undefined;
}

/** Things of one kind, by id. A deleted one can be described for a while longer. */
export class Registry<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /**
   * @param kind - as the ARN has it: `channel`, `input`, `inputSecurityGroup`.
   * @param eventualConsistencyMs - time for which a new thing is unknown to Describe and List calls.
   */
  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
    private readonly kind: string,
    private readonly eventualConsistencyMs = 0,
  ) {}

  /** Makes a seven-digit id that is new for this kind. */
  newId(): string {
    const id = String(randomInt(1_000_000, 10_000_000));
    return this.entries.has(id) ? this.newId() : id;
  }

  arn(id: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:medialive:${region}:${accountId}:${this.kind}:${id}`;
  }

  add(id: string, thing: T): void {
    this.entries.set(id, { thing, knownFrom: performance.now() + this.eventualConsistencyMs, shownUntil: undefined });
  }

  /** Deletes a thing, which can be described for a while longer. */
  remove(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.entries.set(id, { ...entry, shownUntil: performance.now() + TIMING.deletedShown.milliseconds });
  }

  /** Finds a thing that is not deleted. */
  find(id: string): T | undefined {
    const entry = this.entries.get(id);
    return entry?.shownUntil === undefined ? entry?.thing : undefined;
  }

  /** Finds a thing that is not deleted. @throws ServiceError (NotFoundException) when there is none. */
  get(id: string): T {
    return this.find(id) ?? this.missing(id);
  }

  /**
   * Finds a thing as a Describe call sees it: with those deleted a short while ago, and without those just added.
   *
   * @throws ServiceError (NotFoundException) when there is none.
   */
  described(id: string): T {
    const entry = this.entries.get(id);
    const now = performance.now();
    if (entry === undefined || entry.knownFrom > now) return this.missing(id);
    if (entry.shownUntil === undefined || now < entry.shownUntil) return entry.thing;
    this.entries.delete(id);
    return this.missing(id);
  }

  all(): readonly T[] {
    return [...this.entries.values()].flatMap(({ thing, shownUntil }) => (shownUntil === undefined ? [thing] : []));
  }

  /** Lists things as a List call sees them: without those just added. */
  listed(): readonly T[] {
    const now = performance.now();
    return [...this.entries.values()].flatMap(({ thing, knownFrom, shownUntil }) =>
      shownUntil === undefined && knownFrom <= now ? [thing] : [],
    );
  }

  private missing(id: string): never {
    throw new ServiceError('NotFoundException', `${this.kind} ${id} not found`);
  }
}
