import { randomUUID } from 'node:crypto';
import type { Cloud, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { Declared } from '../../kit/declared';
import { readComment } from '../control/comment';
import { KeyValueStore } from './key-value-store';

/** The key value stores of the cloud, by ARN, and the provider of their resource type. */
export class KeyValueStores {
  private readonly stores = new Map<string, KeyValueStore>();

  /** @param users - lists the stores that functions are associated with. */
  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'accountId' | 'clock'>,
    private readonly users: () => readonly KeyValueStore[],
  ) {}

  /**
   * Provider of AWS::CloudFront::KeyValueStore.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keyvaluestore.html
   */
  readonly provider: ResourceProvider = {
    replacedBy: ['Name'],
    create: async (request) => this.create(request),
    update: async (state, request) => {
      declaredName(request);
      return state;
    },
    delete: async (state) => this.delete(String(state.attributes['Arn'])),
  };

  /** All stores, by ARN. */
  get all(): ReadonlyMap<string, KeyValueStore> {
    return this.stores;
  }

  private create(request: ResourceRequest): ResourceState {
    const name = declaredName(request);
    if ([...this.stores.values()].some(({ description }) => description.name === name)) {
      throw new AwsError(
        'EntityAlreadyExists',
        `${request.logicalId}.Name: a key value store ${name} exists already`,
        409,
      );
    }
    const id = randomUUID();
    const arn = `arn:${this.cloud.partition}:cloudfront::${this.cloud.accountId}:key-value-store/${id}`;
    this.stores.set(arn, new KeyValueStore({ name, id, arn, created: this.cloud.clock.now() }));
    return { physicalId: name, ref: name, attributes: { Arn: arn, Id: id, Status: 'READY' } };
  }

  /** @throws AwsError while a function is associated with the store. */
  private delete(arn: string): void {
    const store = this.stores.get(arn);
    if (store !== undefined && this.users().includes(store)) {
      const sentence = `The key value store ${store.description.name} is associated with a function`;
      throw new AwsError('CannotDeleteEntityWhileInUse', sentence, 409);
    }
    this.stores.delete(arn);
  }
}

/** Reads the properties, of which only the name has an effect. @throws UnsupportedError for an import from S3. */
function declaredName(request: ResourceRequest): string {
  const declared = Declared.of(request).onlyEmpty('ImportSource').withoutEffect('Tags');
  readComment(declared);
  const name = declared.text('Name');
  declared.end();
  if (/^[a-zA-Z0-9-_]{1,64}$/.test(name)) return name;
  throw new AwsError(
    'InvalidArgument',
    `${declared.at('Name')}: ${name} was given; 1 to 64 letters, digits, hyphens and underscores are needed`,
  );
}
