import type { ResourceRequest } from '../../contract';
import { PropertyReader } from '../kit/property-reader';

/**
 * Reads the properties of an AWS::ECR::Repository. Those about images have no effect on a repository that holds none.
 *
 * @returns its name, declared or generated.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
 */
export function repositoryName(request: ResourceRequest): string {
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
