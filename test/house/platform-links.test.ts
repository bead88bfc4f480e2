import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readLink } from '../../lambda/shared/viewers/link';
import { tellAbsent } from './judges/python';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'access.md'), 'utf8');
const KEY = 'a key of sixty-four letters, as the secret of links has it';
const VIEWER = 'Zoë no. 7';

interface Language {
  readonly program: string;
  readonly options: readonly string[];
  readonly code: (snippet: string) => string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  js: {
    program: process.execPath,
    options: ['--input-type=module', '-e'],
    code: (snippet) => `${snippet}\nconsole.log(link(${JSON.stringify(KEY)}, 'main', ${JSON.stringify(VIEWER)}));`,
  },
  python: {
    program: 'python3',
    options: ['-c'],
    code: (snippet) => `${snippet}\nprint(link(${JSON.stringify(KEY)}, "main", ${JSON.stringify(VIEWER)}))`,
  },
  php: {
    program: 'php',
    options: ['-r'],
    code: (snippet) => `${snippet}\necho signedLink(${JSON.stringify(KEY)}, 'main', ${JSON.stringify(VIEWER)});`,
  },
};

describe('the backend of a platform in docs/access.md', () => {
  test.each(Object.entries(LANGUAGES))('signs links that open a channel, in %s', (name, language) => {
    const [, snippet] = new RegExp(`\`\`\`${name}\n([^]*?)\`\`\``).exec(PAGE) ?? [];
    if (snippet === undefined) throw new Error(`docs/access.md has no ${name}`);
    const text = outputOf(language, snippet);
    if (text === undefined) {
      tellAbsent(language.program, `the links in ${name} of docs/access.md`);
      return;
    }
    const link = readLink(text.trim(), Buffer.from(KEY));
    expect(link).toEqual({
      jti: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
      ch: ['main'],
      exp: expect.any(Number),
      once: true,
      viewer: VIEWER,
    });
    const now = Date.now() / 1000;
    expect(link?.exp).toBeGreaterThan(now);
    expect(link?.exp).toBeLessThanOrEqual(now + 3601);
  });
});

/** Runs a program. @returns its output; undefined where it is not installed. */
function outputOf({ program, options, code }: Language, snippet: string): string | undefined {
  try {
    return execFileSync(program, [...options, code(snippet)], { encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
