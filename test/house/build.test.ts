import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Bundles } from '../../lib/stream/bundles';

const ROOT = resolve(__dirname, '..', '..');

describe('the bundles', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Builds the bundles in another process, as a synth does. @returns their folder, and the number of its files at that time */
  const made = async (): Promise<string[]> => {
    const script = `console.log(JSON.stringify(require('./bin/build').bundles(${JSON.stringify(folder)})))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script], { cwd: ROOT });
    const { bucketContent, channelState, containerContent, guard } = JSON.parse(stdout) as Bundles;
    return [
      ...[bucketContent, channelState, containerContent, guard].map((bundle) => join(bundle.folder, 'index.js')),
      join(bucketContent.folder, 'site', 'index.html'),
      join(bucketContent.folder, 'site', 'licences.txt'),
      join(guard.folder, 'licences.txt'),
      join(bucketContent.folder, 'test-clip', 'test-clip.mp4'),
    ];
  };

  it('are whole for everyone, when several synths make them at the same time, and are made only once', async () => {
    const answers = await Promise.all([made(), made(), made()]);
    for (const files of answers) {
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
      expect(files).toEqual(answers[0]);
    }
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
