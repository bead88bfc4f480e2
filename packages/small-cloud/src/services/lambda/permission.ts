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
  /** The kind of function URL that the permission is for. @default every kind */
  readonly functionUrlAuthType: 'AWS_IAM' | 'NONE' | undefined;
  /** True for a permission that counts at the function's URL alone. */
  readonly onlyViaUrl: boolean;
}

/**
 * Reads the properties of an AWS::Lambda::Permission.
 *
 * @throws Error for a condition that does not go with the action.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function declaredPermission(request: ResourceRequest): Permission {
  const declared = PropertyReader.of(request);
  const permission: Permission = {
    action: declared.text('Action'),
    functionName: declared.text('FunctionName'),
    principal: declared.text('Principal'),
    sourceAccount: declared.maybeText('SourceAccount'),
    sourceArn: declared.maybeText('SourceArn'),
    functionUrlAuthType: declared.holds('FunctionUrlAuthType')
      ? declared.oneOf('FunctionUrlAuthType', ['AWS_IAM', 'NONE'])
      : undefined,
    onlyViaUrl: declared.flag('InvokedViaFunctionUrl'),
  };
  declared.end();
  if (permission.functionUrlAuthType !== undefined && permission.action !== 'lambda:InvokeFunctionUrl') {
    throw new Error('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  if (permission.onlyViaUrl && permission.action !== 'lambda:InvokeFunction') {
    throw new Error('InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action');
  }
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

function statement(permission: Permission, functionArn: string): Value {
  return {
    Effect: 'Allow',
    Action: permission.action,
    Resource: functionArn,
    Principal: principalElement(permission.principal),
    Condition: conditions(permission),
  };
}

function conditions({ sourceAccount, sourceArn, functionUrlAuthType, onlyViaUrl }: Permission): Properties {
  const equal: Record<string, string> = {};
  if (sourceAccount !== undefined) equal['AWS:SourceAccount'] = sourceAccount;
  if (functionUrlAuthType !== undefined) equal['lambda:FunctionUrlAuthType'] = functionUrlAuthType;
  const made: Record<string, Properties> = { StringEquals: equal };
  if (sourceArn !== undefined) made['ArnLike'] = { 'AWS:SourceArn': sourceArn };
  if (onlyViaUrl) made['Bool'] = { 'lambda:InvokedViaFunctionUrl': 'true' };
  return made;
}

/** Writes the Principal of a statement: a service by its name, everyone by `*`, anyone else by account or ARN. */
function principalElement(name: string): Value {
  if (name === '*') return name;
  return name.endsWith('.amazonaws.com') ? { Service: name } : { AWS: name };
}
