import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { settleParameters } from '../../src/template/parameters';
import { TemplateError } from '../../src/template/template-error';

function problemsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
  return [];
}

describe('parameters', () => {
  test('take the given values, or else their defaults', () => {
    const declarations = {
      Name: { Type: 'String', Default: 'main' },
      Empty: { Type: 'String', Default: 'something' },
      Height: { Type: 'Number', Default: 720 },
      Cidrs: { Type: 'CommaDelimitedList' },
      Rates: { Type: 'List<Number>', Default: '1,2.5' },
    };
    expect(settleParameters(declarations, { Empty: '', Cidrs: '10.0.0.0/8, 192.0.2.1/32' })).toEqual({
      Name: 'main',
      Empty: '',
      Height: 720,
      Cidrs: ['10.0.0.0/8', '192.0.2.1/32'],
      Rates: [1, 2.5],
    });
  });

  test('resolve the version of the CDK bootstrap', () => {
    const declaration = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' };
    expect(settleParameters({ BootstrapVersion: declaration }, {})['BootstrapVersion']).toBeGreaterThanOrEqual(6);
  });

  test.each([
    [
      'a value outside AllowedValues',
      { Type: 'String', AllowedValues: ['a', 'b'] },
      'c',
      "Parameter 'X' must be one of AllowedValues",
    ],
    [
      'a value that only holds the pattern',
      { Type: 'String', AllowedPattern: '[a-z]+' },
      'abc1',
      "Parameter 'X' must match pattern [a-z]+",
    ],
    ['a short value', { Type: 'String', MinLength: '2' }, 'a', "Parameter 'X' must contain at least 2 characters"],
    ['a long value', { Type: 'String', MaxLength: 2 }, 'abc', "Parameter 'X' must contain at most 2 characters"],
    ['a small number', { Type: 'Number', MinValue: 2 }, '1', "Parameter 'X' must be a number not less than 2"],
    ['a big number', { Type: 'Number', MaxValue: 2 }, '3', "Parameter 'X' must be a number not greater than 2"],
    ['a word in place of a number', { Type: 'Number' }, 'many', "Parameter 'X' must be a number"],
    ['an empty string in place of a number', { Type: 'Number' }, '', "Parameter 'X' must be a number"],
    ['one wrong member of a list', { Type: 'List<Number>' }, '1,two', "Parameter 'X' must be a number"],
    [
      'with the description of the constraint',
      { Type: 'String', AllowedPattern: 'a', ConstraintDescription: 'must be an a.' },
      'b',
      'Parameter X failed to satisfy constraint: must be an a.',
    ],
  ])('refuses %s', (_, declaration, value, problem) => {
    expect(problemsOf(() => settleParameters({ X: declaration }, { X: value }))).toEqual([problem]);
  });

  test('refuses with every problem at once', () => {
    const declarations = { A: { Type: 'String' }, B: { Type: 'String' }, C: { Type: 'Number' } };
    expect(problemsOf(() => settleParameters(declarations, { C: 'x', D: '1' }))).toEqual([
      'Parameters: [D] do not exist in the template',
      'Parameters: [A, B] must have values',
      "Parameter 'C' must be a number",
    ]);
  });

  test('refuses a value without repeating it', () => {
    const declaration = { Type: 'String', NoEcho: true, MinLength: 20 };
    expect(problemsOf(() => settleParameters({ X: declaration }, { X: 'hunter2' })).join()).not.toContain('hunter2');
  });

  test.each([
    [
      'a Parameter Store parameter',
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/mine' },
      /Parameter Store/,
    ],
    ['a type that needs an account', { Type: 'AWS::EC2::VPC::Id', Default: 'vpc-1' }, /AWS::EC2::VPC::Id/],
    ['an unknown attribute', { Type: 'String', Default: '', Secret: true }, /Parameters\.X\.Secret/],
  ])('refuses %s', (_, declaration, message) => {
    const act = () => settleParameters({ X: declaration }, {});
    expect(act).toThrow(UnsupportedError);
    expect(act).toThrow(message);
  });
});
