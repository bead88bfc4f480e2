import type { Cloud, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { declaredFunction } from '../control/function-resource';
import type { KeyValueStore } from '../key-values/key-value-store';
import type { EdgeFunction } from './edge-function';

/** The parts of CloudFront that functions depend on. */
export interface FunctionSurroundings {
  /** Finds a key value store by its ARN. @throws Error when there is none. */
  keyValueStore(arn: string): KeyValueStore;
  /** Called after an update, so that the distributions take the new code. */
  changed(): void;
}

/** The functions of the cloud, by ARN, and the provider of their resource type. */
export class EdgeFunctions {
  private readonly functions = new Map<string, EdgeFunction>();

  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'accountId' | 'clock'>,
    private readonly surroundings: FunctionSurroundings,
  ) {}

  /** Provider of AWS::CloudFront::Function. */
  readonly provider: ResourceProvider = {
    replacedBy: ['Name'],
    create: async (request) => this.set(request),
    update: async (_, request) => {
      const state = this.set(request);
      this.surroundings.changed();
      return state;
    },
    delete: async ({ physicalId }) => void this.functions.delete(physicalId),
  };

  /** All functions, by ARN. */
  get all(): ReadonlyMap<string, EdgeFunction> {
    return this.functions;
  }

  private set(request: ResourceRequest): ResourceState {
    const edgeFunction = declaredFunction(request, {
      keyValueStore: (arn) => this.surroundings.keyValueStore(arn),
      clock: this.cloud.clock,
    });
    const arn = `arn:${this.cloud.partition}:cloudfront::${this.cloud.accountId}:function/${edgeFunction.name}`;
    this.functions.set(arn, edgeFunction);
    return {
      physicalId: arn,
      ref: arn,
      attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' },
    };
  }
}
