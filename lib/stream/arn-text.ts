import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Writes an ARN as cdk-nag does: `<LogicalId.Arn>`. */
export function arnText(scope: Construct, arn: string): string {
  const { 'Fn::GetAtt': [id, attribute] = [] } = Stack.of(scope).resolve(arn) as { readonly 'Fn::GetAtt'?: string[] };
  return `<${id}.${attribute}>`;
}
