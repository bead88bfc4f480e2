import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readTemplateText } from '../src/cloudformation/api/template-text';
import { fitsPattern } from '../src/host/bounded-pattern';
import { Buckets } from '../src/services/kit/objects/buckets';
import { fits } from '../src/services/kit/policy/wildcard';
import { unzip } from '../src/services/lambda/unzip';
import { evaluate } from '../src/template/evaluate';
import { settleParameters } from '../src/template/parameters';
import { readTemplate } from '../src/template/read-template';
import { xmlElements } from '../src/wire/xml';

// With its limit, each of these takes less than a second; without, minutes or for ever.
jest.setTimeout(120_000);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'small-bombs-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RESOURCES = { Log: { Type: 'AWS::Logs::LogGroup' } };

/** An argument of Fn::Sub that uses one name twice. */
const TWICE = `\${a}`.repeat(2);

const PSEUDO = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::StackId': 'stack',
  'AWS::StackName': 'Live',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Resolves a value of a template. */
function resolved(value: Parameters<ReturnType<typeof evaluate>['resolve']>[0]) {
  const world = { ref: () => '', attribute: () => '' };
  return evaluate(readTemplate({ Resources: RESOURCES }), {}, PSEUDO).resolve(value, 'Value', world);
}

/** Nests a value a number of times. */
const nested = <T>(times: number, inner: T, wrap: (value: T) => T): T =>
  Array.from({ length: times }).reduce<T>((value) => wrap(value), inner);

describe('a template', () => {
  test('refuses aliases that would fill the memory, and accepts a few', () => {
    const levels = Array.from({ length: 10 }, (_, level) => {
      const aliases = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`));
      return `l${level}: &l${level} [${aliases.join(',')}]`;
    });
    expect(() => readTemplateText(levels.join('\n'))).toThrow('more than 1000000 characters');
    expect(readTemplateText(levels.slice(0, 2).join('\n'))).toHaveProperty('l1.8.8', 'x');
  });

  test.each([
    ['JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['brackets of YAML', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['lists of YAML in one line', `a:\n  ${'- '.repeat(20_000)}x`],
    ['keys of YAML in one line', `a:\n  ${'? '.repeat(20_000)}x`],
  ])('refuses endless nesting: %s', (_, text) => {
    expect(() => readTemplateText(text)).toThrow('nested more than 100 levels deep');
  });

  test('refuses endless nesting in a parsed file', () => {
    const Metadata = nested<unknown>(5000, 'x', (value) => [value]);
    expect(() => readTemplate({ Metadata, Resources: RESOURCES })).toThrow('nested more than 100 levels deep');
  });

  test.each(['__proto__', 'a b', 'ü', '../../x', 'a'.repeat(256), '', 'a-b'])(
    'refuses %j as the name of a resource, a parameter, a condition and an output',
    (name) => {
      const entry = Object.fromEntries([[name, { Type: 'AWS::Logs::LogGroup', Value: 'x' }]]);
      for (const section of ['Resources', 'Parameters', 'Conditions', 'Outputs']) {
        const template = { Resources: RESOURCES, ...Object.fromEntries([[section, entry]]) };
        expect(() => readTemplate(template)).toThrow(`${section} name ${JSON.stringify(name)} is non alphanumeric`);
      }
    },
  );

  test.each<[string, Parameters<typeof resolved>[0]]>([
    ['Base64 of Base64', nested<object>(70, { 'Fn::Base64': 'x' }, (value) => ({ 'Fn::Base64': value })) as never],
    [
      'names that hold names',
      nested<object>(40, { 'Fn::Sub': 'xx' }, (value) => ({ 'Fn::Sub': [TWICE, { a: value }] })) as never,
    ],
    [
      'one long text many times',
      { 'Fn::Join': ['', Array.from({ length: 1200 }, () => ({ 'Fn::Sub': 'x'.repeat(1000) }))] } as never,
    ],
  ])('refuses strings that grow without limit: %s', (_, value) => {
    expect(() => resolved(value)).toThrow('a string of more than 1000000 characters was made');
  });

  test('evaluates a name of Fn::Sub once, however often it occurs', () => {
    const value = nested<object>(60, { 'Fn::Sub': '' }, (inner) => ({ 'Fn::Sub': [TWICE, { a: inner }] }));
    expect(resolved(value as never)).toBe('');
  });
});

describe('a pattern', () => {
  test('with exponential backtracking is stopped', () => {
    const secret = `${'a'.repeat(60)}!`;
    expect(() => fitsPattern('^(a+)+$', secret)).toThrow('it takes more than a second to match');
    expect(() => fitsPattern('(', '')).toThrow('pattern ( was given; a regular expression is needed');
    expect([fitsPattern('^a+$', 'aaa'), fitsPattern('^a+$', 'b')]).toEqual([true, false]);
  });

  test('of a parameter is stopped, and the error does not show the value', () => {
    const declarations = { Key: { Type: 'String', AllowedPattern: '(a+)+' } };
    const secret = `${'a'.repeat(60)}!`;
    const settle = () => settleParameters(declarations, { Key: secret });
    expect(settle).toThrow("Parameter 'Key' cannot be checked: pattern ^(?:(a+)+)$ was given; it takes more than");
    expect(settle).not.toThrow(secret);
  });

  test('of a policy with many stars takes no longer', () => {
    const pattern = `${'*a'.repeat(200)}b`;
    expect(fits('a'.repeat(5000), pattern)).toBe(false);
    expect(fits(`${'a'.repeat(5000)}b`, pattern)).toBe(true);
  });
});

describe('the wildcards of a policy', () => {
  test.each([
    ['', '', true],
    ['', '*', true],
    ['a', '', false],
    ['abc', 'a?c', true],
    ['ac', 'a?c', false],
    ['abcabd', '*abd', true],
    ['aab', '*ab', true],
    ['a*b', 'a*', true],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['line\nbreak', 'line*k', true],
    ['abc', '*b', false],
    ['abc', 'abc**', true],
  ])('%j fits %j: %s', (text, pattern, expected) => {
    expect(fits(text, pattern)).toBe(expected);
  });
});

describe('an XML body', () => {
  test('of unclosed tags is read in linear time', () => {
    expect(xmlElements('<Object>'.repeat(500_000), 'Object')).toEqual([]);
    expect(xmlElements(`${'<Object '.repeat(500_000)}>`, 'Object')).toEqual([]);
  });
});

describe('a ZIP archive', () => {
  /** Makes an archive whose entries claim to be small. */
  function archive(count: number, content: Buffer): Buffer {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    const entries = Array.from({ length: count }, (_, index) => {
      const name = Buffer.from(`f${String(index).padStart(3, '0')}`);
      const header = Buffer.alloc(46);
      header.writeUInt32LE(0x02014b50, 0);
      header.writeUInt16LE(8, 10);
      header.writeUInt32LE(packed.length, 20);
      header.writeUInt16LE(name.length, 28);
      return Buffer.concat([header, name]);
    });
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(local.length + packed.length, 16);
    return Buffer.concat([local, packed, ...entries, end]);
  }

  test('is refused when it unpacks to more than Lambda takes', () => {
    const bomb = archive(4, Buffer.alloc(70_000_000));
    expect(() => unzip(bomb, join(folder, 'code'))).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });

  test('is refused for one file that is too large', () => {
    const bomb = archive(1, Buffer.alloc(262_144_001));
    expect(() => unzip(bomb, join(folder, 'one'))).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });
});

describe('a key of S3', () => {
  test('is at most 1,024 bytes long, and may end in anything', async () => {
    const buckets = new Buckets(join(folder, 's3'), 'aws');
    const bucket = await buckets.create('site');
    const put = (key: string) => buckets.put(bucket, key, Buffer.from('x'), { headers: {}, checksum: undefined });
    for (const key of [`a.${'b'.repeat(300)}`, 'a.\0', 'a.b/..', 'ü'.repeat(512)]) await put(key);
    expect([...bucket.objects.keys()]).toHaveLength(4);
    await expect(put('a'.repeat(1025))).rejects.toMatchObject({ code: 'KeyTooLongError', status: 400 });
    await expect(put(`${'ü'.repeat(512)}a`)).rejects.toMatchObject({ code: 'KeyTooLongError' });
  });
});
