// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Fn::Sub have this form
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/template/evaluate';
import { dependencies, deploymentOrder } from '../../src/template/order';
import { PSEUDO, templateOf } from './template-of';

function dependenciesOf(resources: Record<string, unknown>, sections: Record<string, unknown> = {}) {
  const typed = Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, { Type: 'AWS::S3::Bucket', ...Object(resource) }]),
  );
  const template = templateOf({ Resources: typed, ...sections });
  return dependencies(template, evaluate(template, {}, PSEUDO));
}

const orderOf = (...args: Parameters<typeof dependenciesOf>) => deploymentOrder(dependenciesOf(...args));
const uses = (value: unknown) => ({ Properties: { Value: value } });
const CONDITIONS = { Conditions: { Yes: { 'Fn::Equals': [1, 1] }, No: { 'Fn::Equals': [1, 2] } } };

describe('deployment order', () => {
  test.each([
    ['Ref', { Ref: 'Z' }],
    ['GetAtt', { 'Fn::GetAtt': ['Z', 'Arn'] }],
    ['Sub', { 'Fn::Sub': 'x${Z}' }],
    ['Sub of an attribute', { 'Fn::Sub': 'x${Z.Endpoint.Address}' }],
    ['the map of a Sub', { 'Fn::Sub': ['${B}', { B: { Ref: 'Z' } }] }],
    ['the chosen arm of an If', { 'Fn::If': ['Yes', { Ref: 'Z' }, 'x'] }],
    ['a deeply nested Ref', { 'Fn::Join': ['', ['a', { 'Fn::Select': [0, [{ a: [{ Ref: 'Z' }] }]] }]] }],
  ])('puts a resource after the one that it refers to by %s', (_, value) => {
    expect(orderOf({ A: uses(value), Z: {} }, CONDITIONS)).toEqual(['Z', 'A']);
  });

  test('puts a resource after its DependsOn', () => {
    expect(orderOf({ A: { DependsOn: 'C' }, B: { DependsOn: ['C', 'A'] }, C: {} })).toEqual(['C', 'A', 'B']);
  });

  test('otherwise keeps the order of the template', () => {
    expect(orderOf({ C: {}, A: {}, B: {} })).toEqual(['C', 'A', 'B']);
  });

  test('leaves out resources whose condition is false, and DependsOn that name them', () => {
    const resources = { A: { DependsOn: 'B' }, B: { Condition: 'No' }, C: { Condition: 'Yes' } };
    expect(orderOf(resources, CONDITIONS)).toEqual(['A', 'C']);
  });

  test.each([
    ['the other arm of an If', { 'Fn::If': ['No', { Ref: 'Z' }, 'x'] }],
    ['a literal in a Sub', { 'Fn::Sub': '${!Z}' }],
    ['a name that the map of a Sub defines', { 'Fn::Sub': ['${Z}', { Z: 'x' }] }],
  ])('does not wait for %s', (_, value) => {
    expect(dependenciesOf({ A: uses(value), Z: {} }, CONDITIONS).get('A')).toEqual(new Set());
  });

  test('refuses a cycle, with its path', () => {
    const cycle = { X: uses({ Ref: 'A' }), A: uses({ Ref: 'B' }), B: { DependsOn: 'C' }, C: uses({ Ref: 'A' }) };
    expect(() => orderOf(cycle)).toThrow('Circular dependency between resources: [A, B, C] (A → B → C → A)');
  });

  test('refuses a resource that depends on itself', () => {
    expect(() => orderOf({ A: uses({ Ref: 'A' }) })).toThrow('[A] (A → A)');
  });

  test('refuses every reference to a missing resource', () => {
    const resources = {
      A: uses({ Ref: 'Ghost' }),
      B: { DependsOn: 'Spirit' },
      C: uses({ Ref: 'D' }),
      D: { Condition: 'No' },
    };
    const act = () => orderOf(resources, { ...CONDITIONS, Outputs: { Url: { Value: { Ref: 'Phantom' } } } });
    expect(act).toThrow(/dependencies \[Ghost\] in the Resources block of the template \(at Resources\.A\)/);
    expect(act).toThrow(/\[Spirit\] in the Resources block/);
    expect(act).toThrow(/\[D\] in the Resources block/);
    expect(act).toThrow(/\[Phantom\] in the Outputs block of the template \(at Outputs\.Url\)/);
  });
});
