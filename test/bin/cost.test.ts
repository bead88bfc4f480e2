import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');

function cost(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/cost.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run cost', () => {
  test('prints a document for scripts', () => {
    const { status, stdout } = cost(
      '--json',
      '--config',
      'examples/two-channels.ts',
      '--viewers',
      '10',
      '--hours',
      '2',
    );
    expect(status).toBe(0);
    const { channels } = JSON.parse(stdout) as { channels: readonly { name: string }[] };
    expect(channels.map(({ name }) => name)).toEqual(['main', 'stage']);
  });

  test('prints every price with its source, and says what is estimated', () => {
    const { status, stdout } = cost();
    expect(status).toBe(0);
    expect(stdout).toMatch(/running, per hour +\d+\.\d\d/);
    expect(stdout).toMatch(/estimated: /);
    expect(stdout).toMatch(/https:\/\/\S+, read 20\d\d-\d\d-\d\d/);
  });

  test.each([
    ['an audience that cannot be', ['--viewers', '-5', '--hours', '1'], /viewers/],
    ['a description that is not there', ['--config', 'nowhere.ts'], /nowhere\.ts: cannot be read/],
    ['an option that does not exist', ['--viewer', '5'], /--viewer/],
  ])('refuses %s with a sentence', (_, args, sentence) => {
    const { status, stderr } = cost(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
