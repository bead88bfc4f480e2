import type { Properties, ResourceRequest, ResourceState, Service, Value } from '../../src/contract';

/**
 * A service that records its calls: `+A` when A's creation begins, `A` when it exists, `~A` when its update begins, `-A`
 * when it is deleted. `AWS::Test::Thing` can be updated (a change of `Name` replaces it), `AWS::Test::Stone` cannot.
 *
 * The property `Fails` makes creation and update fail, `Stays` the deletion. `Takes` waits a number of milliseconds,
 * `Until` waits for another resource.
 */
export class RecordingService implements Service {
  readonly history: string[] = [];
  readonly requests: ResourceRequest[] = [];
  /** Existing resources by physical id: `A-1`, and after a replacement `A-2`. */
  readonly things = new Map<string, Properties>();
  /** The previous properties of each update, in order. */
  readonly previous: Properties[] = [];
  readonly dynamicReferences = { secretsmanager: (reference: string) => `what ${reference} stands for` };
  private readonly made = new Map<string, number>();
  /** The creations and updates that succeeded, by logical id, in order. */
  private readonly works: string[] = [];

  readonly resources = {
    'AWS::Test::Thing': {
      replacedBy: ['Name'],
      create: (request: ResourceRequest) => this.create(request),
      update: async (state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState> => {
        this.history.push(`~${request.logicalId}`);
        this.requests.push(request);
        this.previous.push(previous);
        await this.work(request);
        this.things.set(state.physicalId, request.properties);
        return this.state(state.physicalId, request);
      },
      delete: (state: ResourceState, request: ResourceRequest) => this.delete(state, request),
    },
    'AWS::Test::Stone': {
      create: (request: ResourceRequest) => this.create(request),
      delete: (state: ResourceState, request: ResourceRequest) => this.delete(state, request),
    },
  };

  private async create(request: ResourceRequest): Promise<ResourceState> {
    const { logicalId, properties } = request;
    this.history.push(`+${logicalId}`);
    this.requests.push(request);
    await this.work(request);
    this.history.push(logicalId);
    const count = (this.made.get(logicalId) ?? 0) + 1;
    this.made.set(logicalId, count);
    const physicalId = `${logicalId}-${count}`;
    this.things.set(physicalId, properties);
    return this.state(physicalId, request);
  }

  private async delete({ physicalId }: ResourceState, { logicalId, properties }: ResourceRequest): Promise<void> {
    if (properties['Stays'] !== undefined) throw new Error(String(properties['Stays']));
    this.history.push(`-${logicalId}`);
    if (!this.things.delete(physicalId)) throw new Error(`${physicalId} was deleted twice`);
  }

  private async work({ logicalId, properties }: ResourceRequest): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Number(properties['Takes'] ?? 0)));
    await this.finished(properties['Until']);
    if (properties['Fails'] !== undefined) throw new Error(String(properties['Fails']));
    this.works.push(logicalId);
  }

  /** Waits for the next successful creation or update of a resource. */
  private async finished(logicalId: Value | undefined): Promise<void> {
    if (logicalId === undefined) return;
    const from = this.works.length;
    while (!this.works.slice(from).includes(String(logicalId))) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  private state(physicalId: string, { logicalId, properties }: ResourceRequest): ResourceState {
    const attributes = { Arn: `arn:${logicalId}`, Size: properties['Size'] ?? 0 };
    return { physicalId, ref: physicalId, attributes };
  }
}
