import { describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { Iam } from '../../src/services/iam/iam';
import { declaredPermission, permissionPolicy } from '../../src/services/lambda/permission';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:guard';
const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/alert';
const permission = { Action: 'lambda:InvokeFunction', FunctionName: FUNCTION, Principal: 'events.amazonaws.com' };

function allows(permissions: readonly Properties[]): boolean {
  const iam = new Iam({ partition: 'aws', accountId: '111122223333', tell: () => {} });
  const declared = permissions.map((properties) =>
    declaredPermission({ stackName: 's', stackId: 's', logicalId: 'P', type: 'AWS::Lambda::Permission', properties }),
  );
  return iam.policyAllows(permissionPolicy(declared, FUNCTION), 'events.amazonaws.com', {
    action: 'lambda:InvokeFunction',
    resource: FUNCTION,
    context: { 'AWS:SourceArn': RULE, 'AWS:SourceAccount': '111122223333' },
  });
}

describe("a function's policy", () => {
  test.each<[string, readonly Properties[], boolean]>([
    ['nothing', [], false],
    ['a permission for the service', [permission], true],
    ['a permission that names the function by its name', [{ ...permission, FunctionName: 'guard' }], true],
    ['a permission for that rule', [{ ...permission, SourceArn: RULE }], true],
    ['a permission for rules of a kind', [{ ...permission, SourceArn: `${RULE.slice(0, -3)}*` }], true],
    ['a permission for that account', [{ ...permission, SourceAccount: '111122223333' }], true],
    ['a permission for all its actions', [{ ...permission, Action: 'lambda:*' }], true],
    ['a permission at its URL alone', [{ ...permission, InvokedViaFunctionUrl: true }], false],
    ['a permission for another rule', [{ ...permission, SourceArn: `${RULE}2` }], false],
    ['a permission for another account', [{ ...permission, SourceAccount: '999922223333' }], false],
    ['a permission for another service', [{ ...permission, Principal: 's3.amazonaws.com' }], false],
    ['a permission for another function', [{ ...permission, FunctionName: 'other' }], false],
    ['a permission for another action', [{ ...permission, Action: 'lambda:GetFunction' }], false],
  ])('with %s is judged as Lambda would', (_, permissions, answer) => {
    expect(allows(permissions)).toBe(answer);
  });
});
