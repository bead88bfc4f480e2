import type { PolicyDocument, Properties, Value } from '../../contract';
import { functionName } from './function-name';

/**
 * The policy of a function, as Lambda keeps it: one statement for each of its AWS::Lambda::Permissions.
 *
 * @param permissions - the properties of those of all functions.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export function permissionPolicy(permissions: Iterable<Properties>, functionArn: string): PolicyDocument {
  const own = [...permissions].filter(
    ({ FunctionName }) => functionName(String(FunctionName)) === functionName(functionArn),
  );
  return { Version: '2012-10-17', Statement: own.map((permission) => statement(permission, functionArn)) };
}

function statement(permission: Properties, functionArn: string): Value {
  const { Action, Principal, SourceAccount, SourceArn } = permission;
  return {
    Effect: 'Allow',
    Action: Action ?? '',
    Resource: functionArn,
    Principal: principal(String(Principal)),
    Condition: {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
      ...(SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    },
  };
}

/** A service by its name, everyone by `*`, anyone else by account or ARN. */
function principal(name: string): Value {
  if (name === '*') return name;
  return name.endsWith('.amazonaws.com') ? { Service: name } : { AWS: name };
}
