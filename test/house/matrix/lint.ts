import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** True if cfn-lint is on the PATH. */
export const cfnLintIsThere = spawnSync('cfn-lint', ['--version']).status === 0;

/** The errors that cfn-lint finds in these templates, in one call, each set of resources once. */
export function cfnLint(files: readonly string[]): readonly string[] {
  const distinct = new Map(files.map((file) => [shape(file), file]));
  const { status, stdout, stderr, error } = spawnSync(
    'cfn-lint',
    ['--non-zero-exit-code', 'error', '--', ...distinct.values()],
    { encoding: 'utf8' },
  );
  const errors = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('E'));
  return status === 0 || errors.length > 0
    ? errors
    : [`cfn-lint ended with ${status}: ${stderr}${error?.message ?? ''}`];
}

/** A hash of the resources of a template, whatever else it says. */
function shape(file: string): string {
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: unknown };
  return createHash('sha256').update(JSON.stringify(Resources)).digest('hex');
}
