import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');

/** Folders that the paths in the tables omit, by the first folder of the path. */
const SHORT: readonly (readonly [start: RegExp, folder: string])[] = [
  [/^(access|advertising|channel|chat|operations|recording|stream)\//, 'lib'],
  [/^(bin|lambda\/(recorder|shared)|test)\//, ''],
  [/^cloudformation\//, join('packages', 'small-cloud', 'src')],
  [/^/, join('packages', 'small-cloud', 'src', 'services')],
];

/** Rows of the page's tables, as lists of cells. */
const rows = readFileSync(join(ROOT, 'docs', 'aws-rules.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));

/** Files that the cells name, as paths from the root. */
function files(cell: string): readonly string[] {
  return [...cell.matchAll(/`([\w-]+\/[\w./-]+\.ts)`/g)].map(([, file = '']) => {
    const [, folder = ''] = SHORT.find(([start]) => start.test(file)) ?? [];
    return join(folder, file);
  });
}

describe('docs/aws-rules.md', () => {
  test('names only files that exist', () => {
    const named = rows.flat().flatMap(files);
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('gives the source of each rule, and where it is enforced, if anywhere', () => {
    const rules = rows.filter((cells) => cells.length === 4 && cells[0] !== 'rule');
    expect(rules.length).toBeGreaterThan(35);
    const bare = rules.filter(([, model = '', local = '', source = '']) => {
      const said = [model, local].every((cell) => cell === '—' || files(cell).length > 0);
      return !said || (model === '—' && local === '—') || source === '';
    });
    expect(bare).toEqual([]);
  });
});
