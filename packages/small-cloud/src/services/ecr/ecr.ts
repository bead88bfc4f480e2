import type { Cloud, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { repositoryName } from './repository';

/**
 * ECR, as far as the CDK's bootstrap stack needs it: repositories have names and hold nothing. There is no API to push an
 * image with, so the local API refuses such a call by name.
 */
export class Ecr implements Service {
  private readonly names = new Set<string>();

  constructor(private readonly cloud: Cloud) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::ECR::Repository': {
      create: async (request) => this.create(request),
      update: async (state, request) => {
        repositoryName(request);
        return state;
      },
      replacedBy: ['RepositoryName', 'EncryptionConfiguration'],
      delete: async ({ physicalId }) => void this.names.delete(physicalId),
    },
  };

  private create(request: ResourceRequest): ResourceState {
    const name = repositoryName(request);
    if (this.names.has(name)) {
      throw new Error(
        `The repository with name '${name}' already exists in the registry with id '${this.cloud.accountId}'`,
      );
    }
    this.names.add(name);
    const { partition, region, accountId } = this.cloud;
    return {
      physicalId: name,
      ref: name,
      attributes: {
        Arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`,
        RepositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      },
    };
  }
}
