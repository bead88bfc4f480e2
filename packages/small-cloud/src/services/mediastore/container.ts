import { randomBytes } from 'node:crypto';
import type { Cloud, PolicyDocument } from '../../contract';
import { AwsError } from '../kit/aws-error';
import type { Bucket, Buckets } from '../kit/objects/buckets';

/** A container. Its objects are kept as those of a bucket are. */
export interface Container {
  readonly name: string;
  readonly arn: string;
  /** The beginning of its public name, and the name under which its objects are kept. */
  readonly id: string;
  /** `ID.data.mediastore.REGION.amazonaws.com` */
  readonly domain: string;
  readonly created: Date;
  readonly objects: Bucket;
  policy: PolicyDocument;
}

const NAME = /^[\w-]{1,255}$/;

/** The containers of the account. */
export class Containers {
  private readonly containers = new Map<string, Container>();

  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
    private readonly stored: Buckets,
  ) {}

  /** @throws AwsError ValidationException, ContainerInUseException. */
  async create(name: string, policy: PolicyDocument): Promise<Container> {
    if (!NAME.test(name)) throw new AwsError('ValidationException', `${name} is not a container's name.`);
    if (this.containers.has(name)) {
      throw new AwsError('ContainerInUseException', `A container named ${name} already exists.`);
    }
    const { partition, region, accountId } = this.cloud;
    const id = randomBytes(7).toString('hex');
    const container: Container = {
      name,
      id,
      policy,
      created: new Date(),
      arn: `arn:${partition}:mediastore:${region}:${accountId}:container/${name}`,
      domain: `${id}.data.mediastore.${region}.amazonaws.com`,
      objects: await this.stored.create(id),
    };
    this.containers.set(name, container);
    return container;
  }

  /** Deletes a container. A missing one is success. @throws AwsError ContainerInUseException for one that is not empty. */
  async delete(name: string): Promise<void> {
    const container = this.containers.get(name);
    if (container === undefined) return;
    const { size } = container.objects.objects;
    if (size > 0) {
      throw new AwsError(
        'ContainerInUseException',
        `The container ${name} holds ${size} objects. A container can be deleted when it is empty.`,
      );
    }
    await this.stored.delete(container.id);
    this.containers.delete(name);
  }

  /** @throws AwsError ContainerNotFoundException. */
  get(name: string): Container {
    const container = this.containers.get(name);
    if (container === undefined) {
      throw new AwsError('ContainerNotFoundException', `There is no container named ${name}.`, 404);
    }
    return container;
  }

  /** By the id that its public name begins with. */
  withId(id: string): Container | undefined {
    return [...this.containers.values()].find((container) => container.id === id);
  }
}
