import { describe, expect, test } from '@jest/globals';
import { DIMENSIONS } from '../../lib/launch/choices';
import { BUCKET_DAYS } from '../../lib/launch/free-texts';
import { parameterGroups } from '../../lib/launch/parameter-groups';
import { refusals, SECTION } from './refusals';

/** Texts that no parameter may take: CloudFormation evaluates the first, the others are no text of one line. */
const HOSTILE = [
  '{{resolve:secretsmanager:prod/db:SecretString:password}}',
  '{{resolve:ssm:name}}',
  '\u0000',
  '\n',
  '\u001b[2J',
  '\u0085',
  '\ud800',
  '\udc00',
];
/** Strings that the CDK would take for its own tokens. A secret may hold them, as it is in no description. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: how the CDK writes a value that it does not know yet
const TOKENS = ['${Token[TOKEN.1]}', '#{Token[TOKEN.5]}'];
/** Values in which a text stands in the midst of what the patterns ask for. */
const AROUND = [
  (text: string) => text,
  (text: string) => `https://host/${text}/a.m3u8`,
  (text: string) => `https://${text}/a.m3u8`,
  (text: string) => `rtmp://host/${text}/a`,
  (text: string) => `rtmp://host/a/b${text}`,
  (text: string) => `s3ssl://bucket/${text}.mp4`,
  (text: string) => `${text}@example.com`,
  (text: string) => `a@${text}.example`,
  (text: string) => `arn:aws:mediaconnect:eu-central-1:111122223333:flow:1-a:${text}`,
  (text: string) => `a-long-enough-${text}-word`,
];

describe('a parameter without a list of values', () => {
  const free = Object.entries(SECTION).filter(([, declared]) => !('AllowedValues' in declared));
  const isTaken = (name: string, value: string) => !refusals({ [name]: value }).includes(`Parameter ${name} failed`);

  test.each(free)('refuses a reference, a control character and half a character: %s', (name, declared) => {
    const hostile = 'NoEcho' in declared ? HOSTILE : [...HOSTILE, ...TOKENS];
    const values = hostile.flatMap((text) => AROUND.map((around) => around(text)));
    expect(values.filter((value) => isTaken(name, value))).toEqual([]);
  });

  test('takes a harmless text in the same place, where its pattern has room for one', () => {
    const roomy = free.filter(([name]) => AROUND.some((around) => isTaken(name, around('harmless'))));
    expect(roomy.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'RtmpUrl',
        'HttpUrl',
        'BucketUrl',
        'SourceUser',
        'SourcePassword',
        'SrtPassphrase',
        'FlowArn',
        'AlertEmail',
      ]),
    );
  });

  test('takes one curly bracket in a secret', () => {
    expect(isTaken('SourcePassword', 'a{b}ç ')).toBe(true);
    expect(isTaken('SrtPassphrase', '0123456789{}{}')).toBe(true);
  });
});

describe('the parameters', () => {
  test('say of each what it is and, where it can be wrong, what is needed', () => {
    for (const [name, declared] of Object.entries(SECTION)) {
      expect([name, declared]).toEqual([name, expect.objectContaining({ Description: expect.any(String) })]);
      expect([name, declared]).toEqual([name, expect.objectContaining({ ConstraintDescription: expect.any(String) })]);
    }
  });

  test('take the days of a recording as far as a template can count them', () => {
    const patternOf = (isInBucket: boolean) => {
      const groups = parameterGroups(DIMENSIONS, isInBucket);
      const { pattern = '' } = groups.flatMap(({ parameters }) => parameters['RecordingDays'] ?? [])[0] ?? {};
      return new RegExp(pattern);
    };
    const days = Array.from({ length: 3660 }, (_, day) => day);
    const taken = (isInBucket: boolean) => days.filter((day) => patternOf(isInBucket).test(String(day)));
    expect(taken(true)).toEqual(days.slice(1, 366));
    expect(taken(false)).toEqual(days.slice(1, 3651));
  });

  test('are a list of days for a bucket, in which each has the day after it', () => {
    const { 'Fn::Select': [, { 'Fn::Split': [, list = ''] = [] } = {}] = [] } = BUCKET_DAYS.value as never as {
      readonly 'Fn::Select': readonly [unknown, { readonly 'Fn::Split': readonly [string, string] }];
    };
    expect(String(list).split(',').slice(1)).toEqual(Array.from({ length: 365 }, (_, index) => String(index + 2)));
  });

  test('show no secret', () => {
    const secrets = Object.entries(SECTION).filter(([name]) => /Password|Passphrase/.test(name));
    expect(secrets.map(([name]) => name)).toEqual(['SourcePassword', 'SrtPassphrase']);
    for (const [, declared] of secrets) expect(declared).toMatchObject({ NoEcho: true });
  });
});
