import { describe, expect, test } from '@jest/globals';
import { evaluationOf } from './template-of';

const YES = { 'Fn::Equals': ['a', 'a'] };
const NO = { 'Fn::Equals': ['a', 'b'] };
/** A value whose evaluation throws. */
const POISON = { 'Fn::Equals': [{ 'Fn::ImportValue': 'poison' }, ''] };

function holds(expression: unknown, given: Record<string, string> = {}): boolean {
  const sections = {
    Parameters: { Running: { Type: 'String', Default: '' }, Height: { Type: 'Number', Default: 720 } },
    Conditions: { Subject: expression, Yes: YES },
  };
  return evaluationOf(sections, given).holds('Subject', 'here');
}

describe('conditions', () => {
  test.each([
    ['Equals compares strings', { 'Fn::Equals': ['a', 'a'] }, true],
    ['Equals is case-sensitive', { 'Fn::Equals': ['a', 'A'] }, false],
    ['Equals reads a number as a string', { 'Fn::Equals': [{ Ref: 'Height' }, '720'] }, true],
    ['Equals compares with the empty string', { 'Fn::Equals': [{ Ref: 'Running' }, ''] }, true],
    ['And is true when all are', { 'Fn::And': [YES, YES] }, true],
    ['And short-circuits at the first false', { 'Fn::And': [NO, POISON] }, false],
    ['Or is false when none is true', { 'Fn::Or': [NO, NO] }, false],
    ['Or short-circuits at the first true', { 'Fn::Or': [YES, POISON] }, true],
    ['Not inverts', { 'Fn::Not': [NO] }, true],
    ['Condition names another', { 'Fn::Not': [{ Condition: 'Yes' }] }, false],
  ])('%s', (_, expression, expected) => {
    expect(holds(expression)).toBe(expected);
  });

  test('depend on the values of parameters', () => {
    expect(holds({ 'Fn::Equals': [{ Ref: 'Running' }, 'true'] }, { Running: 'true' })).toBe(true);
  });

  test.each([
    ['a missing condition', { Condition: 'Nothing' }, /unresolved condition dependency Nothing/],
    ['a circle', { 'Fn::Not': [{ Condition: 'Subject' }] }, /circular dependency between conditions, at Subject/],
    ['a resource', { 'Fn::Equals': [{ Ref: 'Bucket' }, ''] }, /Unresolved dependencies \[Bucket\]/],
    ['a lone And', { 'Fn::And': [YES] }, /every Fn::And object requires a list of 2 to 10 parameters/],
    ['a function that is not a condition', { 'Fn::Sub': 'true' }, /a condition is made of .* not of Fn::Sub/],
  ])('refuses %s', (_, expression, message) => {
    expect(() => holds(expression)).toThrow(message);
  });
});
