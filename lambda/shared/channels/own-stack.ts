import {
  type CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { present } from '../answer';
import type { OwnStack } from './channels';

/** Returns the stack with an id, as CloudFormation reports it. */
export function stackOf(client: CloudFormationClient, stackId: string): OwnStack {
  return {
    async resource(logicalId) {
      try {
        const { StackResourceDetail: found } = await client.send(
          new DescribeStackResourceCommand({ StackName: stackId, LogicalResourceId: logicalId }),
        );
        const { PhysicalResourceId: physicalId = '', ResourceStatus } = present(
          'CloudFormation',
          'the resource',
          found,
        );
        const status = present('CloudFormation', 'the status of the resource', ResourceStatus);
        return physicalId === '' || status === 'DELETE_COMPLETE' ? undefined : { physicalId, status };
      } catch (error) {
        // CloudFormation has no error name of its own for this: "Resource X does not exist for stack Y".
        if (/does not exist/.test((error as Error).message)) return undefined;
        throw error;
      }
    },
    async status() {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
      return present('CloudFormation', 'the status of the stack', stack?.StackStatus);
    },
  };
}
