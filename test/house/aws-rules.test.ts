import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');

/** Folders that the tables of the page leave out, by the first folder of a path. */
const SHORT: readonly (readonly [start: RegExp, folder: string])[] = [
  [/^(channel|stream)\//, 'lib'],
  [/^(bin|test)\//, ''],
  [/^cloudformation\//, join('packages', 'small-cloud', 'src')],
  [/^/, join('packages', 'small-cloud', 'src', 'services')],
];

/** The rows of the page's tables, by their cells. */
const rows = readFileSync(join(ROOT, 'docs', 'aws-rules.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));

/** The files that the page names in its cells, each as it is from the root. */
function files(cell: string): readonly string[] {
  return [...cell.matchAll(/`([\w-]+\/[\w./-]+\.ts)`/g)].map(([, file = '']) => {
    const [, folder = ''] = SHORT.find(([start]) => start.test(file)) ?? [];
    return join(folder, file);
  });
}

describe('docs/aws-rules.md', () => {
  test('names no file that is not there', () => {
    const named = rows.flat().flatMap(files);
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('says of each rule where it is enforced, or that it is not, and its source', () => {
    const rules = rows.filter((cells) => cells.length === 4 && cells[0] !== 'rule');
    expect(rules.length).toBeGreaterThan(35);
    const bare = rules.filter(([, model = '', local = '', source = '']) => {
      const said = [model, local].every((cell) => cell === '—' || files(cell).length > 0);
      return !said || (model === '—' && local === '—') || source === '';
    });
    expect(bare).toEqual([]);
  });
});
