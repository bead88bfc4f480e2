import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/**
 * Adds a table whose items have an `id`, and are gone after the time in their attribute `expires`. It costs nothing while
 * nobody asks, and goes with the stack.
 *
 * @param noBackup - the reason, in a sentence, that nobody would restore it.
 */
export function expiringTable(scope: Construct, id: string, noBackup: string): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expires',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(table).acknowledge({ id: 'AwsSolutions::AwsSolutions-DDB3', reason: noBackup });
  return table;
}
