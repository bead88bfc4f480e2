import { describe, expect, test } from '@jest/globals';
import { readTemplateText } from '../../../src/cloudformation/api/template-text';

describe('the text of a template', () => {
  test('may be JSON', () => {
    expect(readTemplateText('{"Resources":{}}')).toEqual({ Resources: {} });
  });

  test.each([
    ['!Ref Thing', { Ref: 'Thing' }],
    ['!Condition IsLive', { Condition: 'IsLive' }],
    ["!Sub '$" + "{Thing}-x'", { 'Fn::Sub': '$' + '{Thing}-x' }],
    ['!GetAtt Thing.Endpoint.Address', { 'Fn::GetAtt': ['Thing', 'Endpoint.Address'] }],
    ['!GetAtt [Thing, Arn]', { 'Fn::GetAtt': ['Thing', 'Arn'] }],
    ["!If [IsLive, !Ref A, !Ref 'AWS::NoValue']", { 'Fn::If': ['IsLive', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ["!Sub ['$" + "{a}', {a: !Ref B}]", { 'Fn::Sub': ['$' + '{a}', { a: { Ref: 'B' } }] }],
    ['!Base64\n  Fn::Join: ["", [a]]', { 'Fn::Base64': { 'Fn::Join': ['', ['a']] } }],
    ['!Equals [!Ref A, "true"]', { 'Fn::Equals': [{ Ref: 'A' }, 'true'] }],
  ])('may be YAML with the short form %s', (yaml, long) => {
    expect(readTemplateText(`Value: ${yaml}`)).toEqual({ Value: long });
  });

  test('reads dates and quoted digits as strings, and numbers as numbers', () => {
    const yaml = 'AWSTemplateFormatVersion: 2010-09-09\nAccount: "000000000000"\nSeconds: 30\nOn: true';
    const read = { AWSTemplateFormatVersion: '2010-09-09', Account: '000000000000', Seconds: 30, On: true };
    expect(readTemplateText(yaml)).toEqual(read);
  });

  test('follows an anchor', () => {
    expect(readTemplateText('A: &tag {Key: a}\nB: *tag')).toEqual({ A: { Key: 'a' }, B: { Key: 'a' } });
  });

  test.each([
    ['broken JSON', '{"Resources":', 'Template format error: JSON not well-formed.'],
    ['broken YAML', 'Resources: [', 'Template format error: YAML not well-formed.'],
    ['a key twice', 'A: 1\nA: 2', 'Template format error: YAML not well-formed. Map keys must be unique'],
    ['a list', '- a', 'Template format error: unsupported structure.'],
    ['nothing', '', 'Template format error: unsupported structure.'],
  ])('refuses %s', (_, text, sentence) => {
    expect(() => readTemplateText(text)).toThrow(sentence);
  });
});
