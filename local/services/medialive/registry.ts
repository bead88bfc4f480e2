import { randomInt } from 'node:crypto';
import type { Cloud } from '../../cloud';
import { ServiceError } from './service-error';

/** The things of one kind, by their id. */
export class Registry<T> {
  private readonly things = new Map<string, T>();

  /** @param kind - as the ARN has it: `channel`, `input`, `inputSecurityGroup`. */
  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
    private readonly kind: string,
  ) {}

  /** A seven-digit id that nothing of this kind has. */
  newId(): string {
    const id = String(randomInt(1_000_000, 10_000_000));
    return this.things.has(id) ? this.newId() : id;
  }

  arn(id: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:medialive:${region}:${accountId}:${this.kind}:${id}`;
  }

  add(id: string, thing: T): void {
    this.things.set(id, thing);
  }

  remove(id: string): void {
    this.things.delete(id);
  }

  find(id: string): T | undefined {
    return this.things.get(id);
  }

  /** @throws ServiceError (NotFoundException) when there is none. */
  get(id: string): T {
    const thing = this.things.get(id);
    if (thing === undefined) throw new ServiceError('NotFoundException', `${this.kind} ${id} not found`);
    return thing;
  }

  all(): readonly T[] {
    return [...this.things.values()];
  }
}
