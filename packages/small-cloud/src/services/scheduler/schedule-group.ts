import type { ResourceRequest } from '../../contract';
import { PropertyReader } from '../kit/property-reader';
import { resourceName } from './schedule';

/**
 * Reads the properties of an AWS::Scheduler::ScheduleGroup.
 *
 * @returns its name; undefined when CloudFormation generates one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html
 */
export function scheduleGroupName(request: ResourceRequest): string | undefined {
  const declared = PropertyReader.of(request).withoutEffect('Tags');
  const name = resourceName(declared);
  declared.end();
  return name;
}
