import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from '../stream/synth';
import { requestVerdict, statementVerdict } from './judges/verdicts';
import { type CapabilityStack, capabilityComplaints, capabilityStacks } from './matrix/capability-stacks';

let stacks: readonly CapabilityStack[] = [];
// cdk-nag and CDK's own validation run in it; a finding that is not acknowledged is an error.
beforeAll(() => {
  stacks = capabilityStacks();
});

const named = () => stacks.map(({ origin, has, template }) => [`${origin} with ${has.join(', ')}`, template] as const);

describe('the matrix of origin and the capabilities of a stack', () => {
  test('makes templates that have what each capability needs, once, and nothing of those that are left out', () => {
    expect(stacks.flatMap(capabilityComplaints)).toEqual([]);
  });

  test('asks the services for nothing that the models of AWS do not know', () => {
    expect(requestVerdict(named(), 'the capabilities')).toEqual([]);
  });

  test('grants actions that exist, on resources of their types', () => {
    expect(statementVerdict(named(), 'the capabilities')).toEqual([]);
  });
});

describe('a seeded fault', () => {
  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a path that leads nowhere',
      (text) => text.replaceAll('"/beacon"', '"/beacons"'),
      /\/beacon of analytics is missing/,
    ],
    [
      'a part of what was left out',
      (text) => text.replace('AWS::SNS::TopicPolicy', 'AWS::CloudWatch::Dashboard'),
      /AWS::CloudWatch::Dashboard is there without operations/,
    ],
    ['a path twice', (text) => text.replaceAll('"/beacon"', '"/vod/*"'), /\/vod\/\* is there twice/],
  ])('%s is found', (_, seed, sentence) => {
    const found = stacks.flatMap((stack) =>
      capabilityComplaints({ ...stack, template: JSON.parse(seed(JSON.stringify(stack.template))) as Template }),
    );
    expect(found).toContainEqual(expect.stringMatching(sentence));
  });
});
