import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { evaluationOf } from './template-of';

const PARAMETERS = {
  BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
  Kind: { Type: 'String', Default: 'rtmp' },
  Url: { Type: 'String', Default: '' },
  Cidrs: { Type: 'CommaDelimitedList', Default: 'a,b' },
};

function check(rule: unknown, given: Record<string, string> = {}): void {
  evaluationOf({ Parameters: PARAMETERS, Rules: { Subject: rule } }, given);
}

const asserts = (assertion: unknown) => ({ Assertions: [{ Assert: assertion, AssertDescription: 'so it is' }] });

const BOOTSTRAP = asserts({
  'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }],
});

describe('rules', () => {
  test.each([
    ['the bootstrap check of the CDK', BOOTSTRAP],
    ['Contains', asserts({ 'Fn::Contains': [['rtmp', 'srt'], { Ref: 'Kind' }] })],
    ['EachMemberIn', asserts({ 'Fn::EachMemberIn': [{ Ref: 'Cidrs' }, ['a', 'b', 'c']] })],
    ['EachMemberEquals', asserts({ 'Fn::EachMemberEquals': [['rtmp', 'rtmp'], { Ref: 'Kind' }] })],
    ['RefAll', asserts({ 'Fn::EachMemberIn': [['rtmp', ''], { 'Fn::RefAll': 'String' }] })],
    [
      'And, Or, Not and Equals',
      asserts({
        'Fn::And': [
          { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': ['a', 'a'] }] },
          { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] },
        ],
      }),
    ],
  ])('accept %s when it holds', (_, rule) => {
    expect(() => check(rule)).not.toThrow();
  });

  test.each([
    ['Contains', { 'Fn::Contains': [['hls'], { Ref: 'Kind' }] }],
    ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Cidrs' }, ['a']] }],
    ['EachMemberEquals', { 'Fn::EachMemberEquals': [{ Ref: 'Cidrs' }, 'a'] }],
    ['Equals', { 'Fn::Equals': [{ Ref: 'Url' }, 'x'] }],
  ])('refuse when %s does not hold, in the words of the assertion', (_, assertion) => {
    expect(() => check(asserts(assertion))).toThrow('Rule Subject failed: so it is');
  });

  test('check nothing when their condition is false', () => {
    const rule = {
      RuleCondition: { 'Fn::Equals': [{ Ref: 'Kind' }, 'pull'] },
      ...asserts({ 'Fn::Equals': ['a', 'b'] }),
    };
    expect(() => check(rule)).not.toThrow();
    expect(() => check(rule, { Kind: 'pull' })).toThrow('so it is');
  });

  test('report every broken assertion', () => {
    const no = { 'Fn::Equals': ['a', 'b'] };
    const rule = { Assertions: [{ Assert: no, AssertDescription: 'first' }, { Assert: no }] };
    expect(() => check(rule)).toThrow('Rule Subject failed: first\nRule Subject failed: assertion 2 is false');
  });

  test.each([
    ['ValueOf', asserts({ 'Fn::Equals': [{ 'Fn::ValueOf': ['Kind', 'VpcId'] }, ''] }), /Fn::ValueOf/],
    ['an unknown function', asserts({ 'Fn::StartsWith': [] }), /Fn::StartsWith/],
    ['an unknown part', { ...asserts({ 'Fn::Equals': ['a', 'a'] }), When: 1 }, /Rules\.Subject\.When/],
  ])('refuses %s', (_, rule, message) => {
    const act = () => check(rule);
    expect(act).toThrow(UnsupportedError);
    expect(act).toThrow(message);
  });
});
