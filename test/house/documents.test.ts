import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configurationMarkdown } from '../../bin/docs/configuration-page';
import { launchParametersMarkdown, launchParametersPicture } from '../../bin/docs/launch-parameters';

const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('docs/configuration.md', () => {
  test('is what the schema says (npm run docs writes it anew)', () => {
    expect(read('docs/configuration.md')).toBe(configurationMarkdown());
  });

  test('explains every option', () => {
    const bare = configurationMarkdown()
      .split('\n')
      .filter((line) => line.startsWith('| `') && line.endsWith('|  |'));
    expect(bare).toEqual([]);
  });
});

describe('what docs/launch.md shows of the parameters', () => {
  test('is what the template has (npm run docs writes it anew)', () => {
    expect(read('docs/launch-parameters.md')).toBe(launchParametersMarkdown());
    expect(read('docs/images/launch-parameters.svg')).toBe(launchParametersPicture());
  });
});

describe('the README', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  test('names no npm script that does not exist', () => {
    const named = [...read('README.md').matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map((match) => match[1] ?? '');
    const own = named.filter((name) => !['ci', 'install', 'run'].includes(name));
    expect(own.length).toBeGreaterThan(2);
    expect(own.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('links to no file that does not exist', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(() => readFileSync(join(ROOT, link))).not.toThrow();
  });
});

describe('package-lock.json', () => {
  test('names no address that packages were downloaded from', () => {
    expect(read('package-lock.json')).not.toMatch(
      /"resolved": "(?!packages\/)|https?:\/\/(?!opencollective|github\.com|tidelift|www\.|paypal|feross|ko-fi|patreon|buymeacoffee)[^"]*\.tgz/,
    );
  });
});
