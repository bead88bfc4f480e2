import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configurationMarkdown, configurationProblems } from '../../bin/docs/configuration/page';
import { launchParametersMarkdown } from '../../bin/docs/launch-parameters-page';
import { launchParametersPicture } from '../../bin/docs/launch-parameters-picture';
import { localRunPage } from '../../bin/docs/local-run-page';
import { readmePage } from '../../bin/docs/readme-page';

const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Folders of what is installed or made. */
const MADE = ['node_modules', '.git', 'dist', 'cdk.out', 'coverage'];

/** Every file of the project, by its path from the root. */
const FILES = filesBelow('');
/** The documents that people read. */
const DOCUMENTS = FILES.filter((file) => /^(README|CHANGELOG|CONTRIBUTING|SECURITY|docs\/.*)\.?.*\.md$/.test(file));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return MADE.includes(entry.name) ? [] : filesBelow(path);
  });
}

describe('docs/configuration.md', () => {
  const page = configurationMarkdown();

  test('is what the schema and the examples say (npm run docs writes it anew)', () => {
    expect(read('docs/configuration.md')).toBe(page);
  });

  test('explains every option in a sentence, in one section', () => {
    expect(configurationProblems()).toEqual([]);
  });

  test('gives every option an anchor of its own', () => {
    const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, anchor]) => anchor);
    expect(anchors.length).toBeGreaterThan(130);
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
  });
});

describe('docs/local-run.md', () => {
  test('lists what the schema says of the local run (npm run docs writes it anew)', () => {
    const page = read('docs/local-run.md');
    expect(localRunPage(page)).toBe(page);
  });
});

describe('README.md', () => {
  test('names an example for every source (npm run docs writes the table anew)', () => {
    const page = read('README.md');
    expect(readmePage(page)).toBe(page);
  });
});

describe('the pages about launch parameters', () => {
  test('are what the template has (npm run docs writes them anew)', () => {
    expect(read('docs/launch-parameters.md')).toBe(launchParametersMarkdown());
    expect(read('docs/images/launch-parameters.svg')).toBe(launchParametersPicture());
  });
});

describe('the documents', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  test('name no npm script that does not exist', () => {
    const named = DOCUMENTS.flatMap((file) =>
      [...read(file).matchAll(/(?:`|^)npm (?:run )?([a-z][\w:-]*)/gm)].map((match) => match[1] ?? ''),
    );
    const own = named.filter((name) => !['ci', 'install', 'run'].includes(name));
    expect(own.length).toBeGreaterThan(2);
    expect(own.filter((name) => !(name in scripts))).toEqual([]);
  });

  test.each(DOCUMENTS)('link to no file and no heading that does not exist: %s', (file) => {
    const broken = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(
      ([, path = '', anchor]) => {
        const target = path === '' ? file : normalize(join(dirname(file), path));
        if (!FILES.some((one) => one === target || one.startsWith(`${target}/`))) return true;
        return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
      },
    );
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  test.each(DOCUMENTS)('name no file of the project that does not exist: %s', (file) => {
    const named = [...read(file).matchAll(/`((?:[\w.@-]+\/)*[\w.-]+\.(?:ts|cjs|html|css|md|svg|yml))`/g)];
    const missing = named.filter(([, path]) => !FILES.some((one) => one === path || one.endsWith(`/${path}`)));
    expect(missing.map(([, path]) => path)).toEqual([]);
  });

  test.each(DOCUMENTS)('name no folder of the project that does not exist: %s', (file) => {
    const named = [
      ...read(file).matchAll(/`((?:bin|lib|local|lambda|player|packages|test|bench|examples)\/[\w/-]*[\w-])`/g),
    ];
    const missing = named.filter(([, path]) => !FILES.some((one) => one === path || one.startsWith(`${path}/`)));
    expect(missing.map(([, path]) => path)).toEqual([]);
  });
});

/** The anchors of a Markdown page: those of its headings, as GitHub makes them, and its own. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 _-]/g, '')
      .replaceAll(' ', '-'),
  );
  const own = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, anchor = '']) => anchor);
  return new Set([...headings, ...own]);
}

describe('package-lock.json', () => {
  test('names no address that packages were downloaded from', () => {
    expect(read('package-lock.json')).not.toMatch(
      /"resolved": "(?!packages\/)|https?:\/\/(?!opencollective|github\.com|tidelift|www\.|paypal|feross|ko-fi|patreon|buymeacoffee)[^"]*\.tgz/,
    );
  });
});
