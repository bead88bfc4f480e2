import type { ResourceRequest } from '../../contract';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

/**
 * Reads the properties of an AWS::Logs::LogGroup. Lines are not kept, so retention has no effect.
 *
 * @returns its name, declared or generated.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */
export function logGroupName(request: ResourceRequest): string {
  const declared = PropertyReader.of(request);
  const name = declared.maybeText('LogGroupName') ?? physicalName(request);
  declared.withoutEffect('LogGroupClass', 'RetentionInDays', 'Tags', 'DeletionProtectionEnabled').end();
  return name;
}
