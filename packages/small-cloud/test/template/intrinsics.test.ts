// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Fn::Sub have this form
import { describe, expect, test } from '@jest/globals';
import { UnsupportedError, type Value } from '../../src/contract';
import { TemplateError } from '../../src/template/template-error';
import { resolveIn } from './template-of';

const SECTIONS = {
  Transform: 'AWS::LanguageExtensions',
  Parameters: {
    Text: { Type: 'String', Default: 'hello' },
    Empty: { Type: 'String', Default: '' },
    Count: { Type: 'Number', Default: 3 },
    List: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
  },
  Mappings: { Sizes: { hd: { height: 720, widths: ['1280', '640'] } } },
  Conditions: {
    Yes: { 'Fn::Equals': ['1', 1] },
    No: { 'Fn::Equals': ['1', '2'] },
  },
};

/** A value that must not be evaluated: its evaluation throws. */
const POISON = { 'Fn::ImportValue': 'poison' };

const CASES: readonly [sentence: string, value: Value, result: Value | undefined][] = [
  ['Ref gives a parameter', { Ref: 'Text' }, 'hello'],
  ['Ref gives an empty-string parameter', { Ref: 'Empty' }, ''],
  ['Ref gives a Number as a number', { Ref: 'Count' }, 3],
  ['Ref gives a list, its members trimmed', { Ref: 'List' }, ['a', 'b', 'c']],
  ['Ref gives a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['Ref asks the world for a resource', { Ref: 'Bucket' }, 'bucket-name'],
  ['Ref of AWS::NoValue removes a property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['Ref of AWS::NoValue removes a list member', [{ Ref: 'AWS::NoValue' }, 1], [1]],
  ['a property named Ref among others is plain data', { Ref: 'Text', other: 1 }, { Ref: 'Text', other: 1 }],
  ['a property named Condition is plain data', { Condition: 'Yes' }, { Condition: 'Yes' }],
  ['GetAtt takes a list', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::bucket-name'],
  ['GetAtt takes a dotted name', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::bucket-name'],
  [
    'Sub replaces parameters, pseudo parameters, resources and attributes',
    { 'Fn::Sub': '${Text}/${Count}/${AWS::Partition}/${Bucket}/${Bucket.Arn}' },
    'hello/3/aws/bucket-name/arn:aws:s3:::bucket-name',
  ],
  ['Sub keeps ${!Literal} as ${Literal}', { 'Fn::Sub': '${!Text} ${Text}' }, '${Text} hello'],
  ['Sub prefers its own map', { 'Fn::Sub': ['${Text} ${New}', { Text: 'mine', New: { Ref: 'Text' } }] }, 'mine hello'],
  ['Sub does not evaluate unused names of its map', { 'Fn::Sub': ['${Text}', { Unused: POISON }] }, 'hello'],
  ['Sub leaves a lone dollar', { 'Fn::Sub': '$Text $' }, '$Text $'],
  ['Join joins the values of its members', { 'Fn::Join': ['-', ['a', { Ref: 'Count' }, true]] }, 'a-3-true'],
  ['Join joins a list parameter', { 'Fn::Join': ['', { Ref: 'List' }] }, 'abc'],
  ['Join leaves AWS::NoValue out', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a-b'],
  ['Split splits', { 'Fn::Split': ['/', 'https://a/b'] }, ['https:', '', 'a', 'b']],
  ['Select picks by number', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['Select picks by a numeric string', { 'Fn::Select': ['2', { 'Fn::Split': ['/', 'x//host'] }] }, 'host'],
  ['If picks true', { 'Fn::If': ['Yes', 'then', POISON] }, 'then'],
  ['If picks false', { 'Fn::If': ['No', POISON, 'otherwise'] }, 'otherwise'],
  ['If may give AWS::NoValue', { a: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, {}],
  ['FindInMap finds', { 'Fn::FindInMap': ['Sizes', 'hd', 'height'] }, 720],
  [
    'FindInMap finds a list by evaluated keys',
    { 'Fn::FindInMap': ['Sizes', { 'Fn::Sub': 'hd' }, 'widths'] },
    ['1280', '640'],
  ],
  [
    'FindInMap leaves its default when there is an entry',
    { 'Fn::FindInMap': ['Sizes', 'hd', 'height', { DefaultValue: POISON }] },
    720,
  ],
  [
    'FindInMap falls back to its default',
    { 'Fn::FindInMap': ['Sizes', '4k', 'height', { DefaultValue: { Ref: 'Count' } }] },
    3,
  ],
  ['Base64 encodes', { 'Fn::Base64': { Ref: 'Text' } }, 'aGVsbG8='],
  ['GetAZs gives zones of this Region', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ['GetAZs gives zones of another Region', { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] }, 'us-east-1a'],
  ['Length counts', { 'Fn::Length': { Ref: 'List' } }, 3],
  [
    'ToJsonString writes what its members become',
    { 'Fn::ToJsonString': { a: { Ref: 'Count' }, b: { Ref: 'AWS::NoValue' } } },
    '{"a":3}',
  ],
];

const REFUSALS: readonly [sentence: string, value: Value, error: new (...args: never) => Error, message: RegExp][] = [
  [
    'Ref of an unknown name',
    { Ref: 'Nothing' },
    TemplateError,
    /Unresolved resource dependencies \[Nothing\].*at Value/,
  ],
  [
    'GetAtt of an unknown resource',
    { 'Fn::GetAtt': ['Nothing', 'Arn'] },
    TemplateError,
    /Fn::GetAtt references undefined resource Nothing/,
  ],
  ['GetAtt without an attribute', { 'Fn::GetAtt': 'Bucket' }, TemplateError, /requires two non-empty parameters/],
  [
    'Sub of a list',
    { 'Fn::Sub': '${List}' },
    TemplateError,
    /a string is needed, \["a","b","c"\] was given \(at Value \$\{List\}\)/,
  ],
  [
    'Sub with a number for text',
    { 'Fn::Sub': 1 },
    TemplateError,
    /Fn::Sub intrinsic functions don't specify expected arguments/,
  ],
  ['Join without a list', { 'Fn::Join': ['-', 'a'] }, TemplateError, /every Fn::Join object requires two parameters/],
  ['Join of objects', { 'Fn::Join': ['-', [{ a: 1 }]] }, TemplateError, /a string is needed, \{"a":1\} was given/],
  [
    'Split without a delimiter',
    { 'Fn::Split': ['', 'a'] },
    TemplateError,
    /every Fn::Split object requires two parameters/,
  ],
  [
    'Select beyond the end',
    { 'Fn::Select': [5, ['a']] },
    TemplateError,
    /Fn::Select cannot select nonexistent value at index 5/,
  ],
  [
    'Select with a word for index',
    { 'Fn::Select': ['first', ['a']] },
    TemplateError,
    /Fn::Select requires a list argument/,
  ],
  ['If of an unknown condition', { 'Fn::If': ['Maybe', 1, 2] }, TemplateError, /unresolved condition dependency Maybe/],
  [
    'If without an otherwise',
    { 'Fn::If': ['Yes', 1] },
    TemplateError,
    /Fn::If requires a list argument with three elements/,
  ],
  [
    'FindInMap without an entry',
    { 'Fn::FindInMap': ['Sizes', '4k', 'height'] },
    TemplateError,
    /Unable to get mapping for Sizes::4k::height/,
  ],
  [
    'Equals where a value is wanted',
    { 'Fn::Equals': [1, 1] },
    TemplateError,
    /Fn::Equals may stand in Conditions only/,
  ],
  [
    'an intrinsic with neighbours',
    { 'Fn::Sub': 'a', other: 1 },
    TemplateError,
    /Fn::Sub must be the only key of its object/,
  ],
  ['ImportValue', { 'Fn::ImportValue': 'x' }, UnsupportedError, /Fn::ImportValue \(at Value\)/],
  ['Transform', { 'Fn::Transform': { Name: 'x' } }, UnsupportedError, /Fn::Transform/],
  ['an unknown intrinsic', { deep: [{ 'Fn::Cidr': [] }] }, UnsupportedError, /Fn::Cidr \(at Value\.deep\.0\)/],
  ['a dynamic reference', 'a{{resolve:ssm:/x:1}}', UnsupportedError, /\{\{resolve:ssm:\/x:1\}\}/],
  [
    'a dynamic reference put together by Join',
    { 'Fn::Join': ['', ['{{resolve:', 'ssm:/x}}']] },
    UnsupportedError,
    /resolve:ssm/,
  ],
];

describe('intrinsic functions', () => {
  test.each(CASES)('%s', (_, value, result) => {
    expect(resolveIn(SECTIONS, value)).toEqual(result);
  });

  test.each(REFUSALS)('refuses %s', (_, value, error, message) => {
    const act = () => resolveIn(SECTIONS, value);
    expect(act).toThrow(error);
    expect(act).toThrow(message);
  });

  test.each<Value>([
    { 'Fn::Length': ['a'] },
    { 'Fn::ToJsonString': {} },
    { 'Fn::FindInMap': ['Sizes', '4k', 'height', { DefaultValue: 1 }] },
  ])('refuses %j without the language extensions, as CloudFormation does', (value) => {
    expect(() => resolveIn({ Mappings: SECTIONS.Mappings }, value)).toThrow(/AWS::LanguageExtensions/);
  });
});
