import { beforeAll, describe, expect, test } from '@jest/globals';
import { requestVerdict, statementVerdict } from './judges/verdicts';
import { ACCESS } from './matrix/expected-access';
import { KINDS } from './matrix/kinds';
import { type PrivateStack, privateComplaints, privateStacks } from './matrix/private-stacks';
import { referenceComplaints } from './matrix/references';

let stacks: readonly PrivateStack[] = [];
// cdk-nag and CDK's own validation run in it; a finding that is not acknowledged is an error.
beforeAll(() => {
  stacks = privateStacks();
});

const named = () => stacks.map(({ origin, access, template }) => [`${origin}, ${access}`, template] as const);

describe('the matrix of origin and viewer access', () => {
  test('has every origin, and every way to let viewers in', () => {
    expect([...new Set(stacks.map(({ origin }) => origin))].sort()).toEqual([...KINDS.origin].sort());
    expect([...new Set(stacks.map(({ access }) => access))].sort()).toEqual(Object.keys(ACCESS).sort());
  });

  test('makes templates whose references, gates, routes, sign-in and secrets are as they must be', () => {
    expect(stacks.flatMap(privateComplaints)).toEqual([]);
    expect(stacks.flatMap(({ template }) => referenceComplaints(template))).toEqual([]);
  });

  test('asks the services for nothing that the models of AWS do not know', () => {
    expect(requestVerdict(named(), 'viewer access')).toEqual([]);
  });

  test('grants actions that exist, on resources of their types', () => {
    expect(statementVerdict(named(), 'viewer access')).toEqual([]);
  });
});

describe('a seeded fault', () => {
  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a channel that is public',
      (text) => text.replaceAll('\\"isPublic\\":false', '\\"isPublic\\":true'),
      /is public at the gate/,
    ],
    [
      'another folder',
      (text) => text.replaceAll('\\"paths\\":[\\"/', '\\"paths\\":[\\"/other/'),
      /is in no folder of the gate/,
    ],
    [
      'no behaviour for tokens',
      (text) => text.replaceAll('"PathPattern":"/s/', '"PathPattern":"/t/'),
      /\/s\/a\.b\.c\S+ is routed by no/,
    ],
    [
      'a chat for everybody',
      (text) => text.replace(/(\\"m0\\":\{\\"arn\\":.{0,400}?\\"isPublic\\":)false/, '$1true'),
      /everybody may use chat of m0/,
    ],
    [
      'one secret more',
      (text) => text.replace('"Type":"AWS::DynamoDB::Table"', '"Type":"AWS::SecretsManager::Secret"'),
      /AccessTable/,
    ],
  ])('%s is found', (_, seed, sentence) => {
    const [stack] = stacks;
    if (stack === undefined) throw new Error('there is no stack');
    const template = JSON.parse(seed(JSON.stringify(stack.template)));
    expect(privateComplaints({ ...stack, template })).toContainEqual(expect.stringMatching(sentence));
  });
});
