import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = resolve(__dirname, '..', '..');

/**
 * Who may import what: the first row whose folder a file is in counts. `own` is the row's own folder; a word that ends
 * in `/` is a prefix.
 */
const ROWS: readonly { readonly from: string; readonly may: readonly string[] }[] = [
  { from: 'lib/channel', may: ['own', 'zod'] },
  { from: 'lib/stream', may: ['own', 'lib/channel', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs', 'node:crypto'] },
  { from: 'lib', may: ['own', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'] },
  // `packed-files` is made when a function is bundled for a launch template.
  { from: 'lambda', may: ['own', '@aws-sdk/', '@smithy/signature-v4', 'aws-lambda', 'node', 'packed-files'] },
  { from: 'packages/small-cloud/src', may: ['own', 'node', 'yaml'] },
  { from: 'player', may: ['own', 'hls.js', 'hls.js/', 'dashjs', 'dashjs/'] },
  { from: 'bin', may: ['own', 'lib', 'small-cloud', 'aws-cdk-lib', '@aws-sdk/', 'esbuild', 'node'] },
];

interface Import {
  readonly file: string;
  readonly of: string;
}

describe('the import table', () => {
  test.each(ROWS.map((row) => [row.from, row] as const))('of %s is kept', (_, row) => {
    const found = files(row.from).flatMap(imports);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => !isAllowed(one, row)).map(({ file, of }) => `${file} imports ${of}`)).toEqual([]);
  });
});

function isAllowed({ file, of }: Import, { from, may }: (typeof ROWS)[number]): boolean {
  if (of.startsWith('node:') || builtinModules.includes(of)) return may.includes('node') || may.includes(of);
  const target = of.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), of)) : of;
  return may.some((word) => {
    if (word === 'own') return of.startsWith('.') && target.startsWith(`${from}/`);
    if (word.endsWith('/')) return target.startsWith(word);
    return target === word || (of.startsWith('.') && target.startsWith(`${word}/`));
  });
}

/** The source files of a folder, without those that a row before it speaks for. */
function files(folder: string): readonly string[] {
  const earlier = ROWS.slice(
    0,
    ROWS.findIndex(({ from }) => from === folder),
  ).map(({ from }) => from);
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && !earlier.some((other) => file.startsWith(`${other}/`)));
}

function imports(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)[^'";]*?from\s+'([^']+)'|(?:import|require)\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({ file, of: match[1] ?? match[2] ?? match[3] ?? '' }));
}
