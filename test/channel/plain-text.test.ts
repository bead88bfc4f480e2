import { describe, expect, test } from '@jest/globals';
import { everyOption, SOUND } from './every-option';
import { problems } from './problems';

/** Strings that no option may hold, and a word of the expected sentence. */
const HOSTILE: readonly (readonly [text: string, word: string])[] = [
  ['{{resolve:secretsmanager:prod/db:SecretString:password}}', 'curly bracket'],
  ['{{resolve:ssm:name}}', 'curly bracket'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: how the CDK writes a value that it does not know yet
  ['${Token[TOKEN.1]}', 'curly bracket'],
  ['#{Token[TOKEN.5]}', 'curly bracket'],
  ['{', 'curly bracket'],
  ['\u0000', 'control character'],
  ['\u001b[2J', 'control character'],
  ['\n', 'control character'],
  ['\u0085', 'control character'],
  ['\ud800', 'surrogate'],
  ['\udc00', 'surrogate'],
];

/** Valid values of options with a string inserted. */
const AROUND = [
  (text: string) => text,
  (text: string) => `a${text}`,
  (text: string) => `${text}a`,
  (text: string) => `https://host/${text}/a.ts`,
  (text: string) => `https://host/${text}/a.mp4`,
  (text: string) => `https://host/${text}/a.png`,
  (text: string) => `https://${text}.example`,
  (text: string) => `https://host/a.png?${text}`,
  (text: string) => `rtmp://host/${text}/a`,
  (text: string) => `s3ssl://bucket/${text}.png`,
  (text: string) => `${text}@example.com`,
  (text: string) => `live/${text}`,
  (text: string) => `/live/${text}`,
  (text: string) => `arn:aws:mediaconnect:eu-central-1:111122223333:flow:1-a:${text}`,
];

const { places } = everyOption();

/** Tells whether the sentences name exactly this place. */
const isRefused = (path: string, description: unknown) =>
  problems(description).some((sentence) => sentence.startsWith(`${path}: `));

describe('every option', () => {
  test.each(HOSTILE)('refuses %j anywhere in a string', (text) => {
    const taken = places.flatMap(({ path, with: placed }) =>
      AROUND.map((around) => around(text))
        .filter((value) => !isRefused(path, placed(value)))
        .map((value) => `${path}: ${value}`),
    );
    expect(taken).toEqual([]);
  });

  test('that can hold such a string accepts a harmless one in the same place', () => {
    const roomy = places.filter(({ path, with: placed }) =>
      AROUND.some((around) => !isRefused(path, placed(around('harmless')))),
    );
    expect(roomy.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'edge.corsOrigins[0]',
        'notices.emails[0]',
        'channels[0].audio[0].name',
        'channels[0].captions[0].name',
        'channels[0].input.sources[0].url',
        'channels[0].input.sources[0].username',
        'channels[0].input.streamId',
        'channels[0].inputLoss.afterwards.slate.url',
      ]),
    );
  });
});

describe('the sentence about a refused string', () => {
  test.each(HOSTILE)('names %j and does not quote the string around it', (text, word) => {
    const emails = [`secret${text}@example.com`];
    const [sentence] = problems({ ...SOUND, notices: { emails } }).filter((each) => each.includes(word));
    expect(sentence).toMatch(/^notices\.emails\[0\]: it holds .*; /);
    expect(sentence).not.toContain('secret');
  });
});
