import type { PolicyDocument, Properties, ResourceRequest, Value } from '../../contract';
import { PropertyReader } from '../kit/property-reader';
import { functionName } from './function-name';

/** An AWS::Lambda::Permission as its template declares it. */
export interface Permission {
  readonly action: string;
  /** The name or the ARN of the function. */
  readonly functionName: string;
  readonly principal: string;
  readonly sourceAccount: string | undefined;
  readonly sourceArn: string | undefined;
}

/**
 * Reads the properties of an AWS::Lambda::Permission.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function declaredPermission(request: ResourceRequest): Permission {
  const declared = PropertyReader.of(request);
  const permission = {
    action: declared.text('Action'),
    functionName: declared.text('FunctionName'),
    principal: declared.text('Principal'),
    sourceAccount: declared.maybeText('SourceAccount'),
    sourceArn: declared.maybeText('SourceArn'),
  };
  declared.end();
  return permission;
}

/**
 * The policy of a function, as Lambda keeps it: one statement for each of its AWS::Lambda::Permissions.
 *
 * @param permissions - of all functions.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export function permissionPolicy(permissions: Iterable<Permission>, functionArn: string): PolicyDocument {
  const own = [...permissions].filter((one) => functionName(one.functionName) === functionName(functionArn));
  return { Version: '2012-10-17', Statement: own.map((permission) => statement(permission, functionArn)) };
}

function statement({ action, principal, sourceAccount, sourceArn }: Permission, functionArn: string): Value {
  const conditions: Record<string, Properties> = {};
  if (sourceArn !== undefined) conditions['ArnLike'] = { 'AWS:SourceArn': sourceArn };
  if (sourceAccount !== undefined) conditions['StringEquals'] = { 'AWS:SourceAccount': sourceAccount };
  return {
    Effect: 'Allow',
    Action: action,
    Resource: functionArn,
    Principal: principalElement(principal),
    Condition: conditions,
  };
}

/** Writes the Principal of a statement: a service by its name, everyone by `*`, anyone else by account or ARN. */
function principalElement(name: string): Value {
  if (name === '*') return name;
  return name.endsWith('.amazonaws.com') ? { Service: name } : { AWS: name };
}
