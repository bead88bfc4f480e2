import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { mainChannel, stageChannel, synthesize } from '../stream/synth';

const there = spawnSync('cfn-lint', ['--version']).status === 0;

describe('the templates', () => {
  // cdk-nag and CDK's own validation run in every synthesize() of every test.
  test(there ? 'pass cfn-lint without an error' : 'are not checked by cfn-lint, which is not on this machine', () => {
    if (!there) {
      console.warn('cfn-lint is not on the PATH: the templates were checked by cdk-nag and CDK only.');
      return;
    }
    const { file } = synthesize({ channels: [mainChannel, stageChannel] });
    const { status, stdout, stderr } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--', file], {
      encoding: 'utf8',
    });
    expect({ status, errors: `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('E')) }).toEqual({
      status: 0,
      errors: [],
    });
  });
});
