import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { TemplateError } from '../../src/template/template-error';
import { templateOf } from './template-of';

describe('template', () => {
  test('has empty sections and default policies for everything that is not given', () => {
    expect(templateOf().resources['Bucket']).toEqual({
      type: 'AWS::S3::Bucket',
      properties: {},
      dependsOn: [],
      condition: undefined,
      deletionPolicy: 'Delete',
      updateReplacePolicy: 'Delete',
      metadata: undefined,
    });
  });

  test.each([
    ['an unknown section', { Hooks: {} }, /template section Hooks/],
    ['a macro', { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] }, /AWS::Serverless/],
    [
      'an unknown resource attribute',
      { Resources: { A: { Type: 'T', CreationPolicy: {} } } },
      /Resources\.A\.CreationPolicy/,
    ],
    [
      'a deletion policy that is not modelled',
      { Resources: { A: { Type: 'T', DeletionPolicy: 'Snapshot' } } },
      /"Snapshot"/,
    ],
    ['an unknown attribute of an output', { Outputs: { O: { Value: '', Name: '' } } }, /Outputs\.O\.Name/],
  ])('refuses %s', (_, sections, message) => {
    const act = () => templateOf(sections);
    expect(act).toThrow(UnsupportedError);
    expect(act).toThrow(message);
  });

  test.each([
    ['no resources', { Resources: {} }, /At least one Resources member must be defined/],
    ['a resource without a type', { Resources: { A: {} } }, /every Resources object must contain a Type member/],
    ['an output without a value', { Outputs: { O: {} } }, /Output O is malformed/],
    [
      'null',
      { Resources: { A: { Type: 'T', Properties: { P: [null] } } } },
      /\[\/Resources\/A\/Properties\/P\/0\] 'null' values are not allowed/,
    ],
    ['a list for a section', { Parameters: [] }, /Parameters must be an object/],
  ])('refuses %s', (_, sections, message) => {
    const act = () => templateOf(sections);
    expect(act).toThrow(TemplateError);
    expect(act).toThrow(message);
  });
});
