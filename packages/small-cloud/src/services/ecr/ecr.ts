import type { Cloud, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { PropertyReader } from '../kit/property-reader';

/**
 * ECR, as far as the CDK's bootstrap stack needs it: repositories exist, have names, and can hold nothing. There is no
 * API to push an image with; the local API refuses it by name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
 */
export class Ecr implements Service {
  private readonly names = new Set<string>();

  constructor(private readonly cloud: Cloud) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::ECR::Repository': {
      create: async (request) => this.create(request),
      update: async (state, request) => {
        this.read(request);
        return state;
      },
      replacedBy: ['RepositoryName', 'EncryptionConfiguration'],
      delete: async ({ physicalId }) => void this.names.delete(physicalId),
    },
  };

  private create(request: ResourceRequest): ResourceState {
    const name = this.read(request);
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

  private read(request: ResourceRequest): string {
    // What says how images are kept, and by whom they may be read, is without effect on a repository that has none.
    const declared = PropertyReader.of(request).withoutEffect(
      'EmptyOnDelete',
      'ImageScanningConfiguration',
      'ImageTagMutability',
      'LifecyclePolicy',
      'RepositoryPolicyText',
      'Tags',
    );
    const name = declared.maybeText('RepositoryName') ?? `${request.stackName}-${request.logicalId}`.toLowerCase();
    declared.end();
    return name;
  }
}
