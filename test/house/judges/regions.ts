import { spawnSync } from 'node:child_process';

/** Name of the rule with which a template refuses Regions. */
const RULE = 'RegionHasTheServices';

/**
 * Regions that the rule of a template allows: every string that it compares with `AWS::Region`.
 *
 * @throws Error for a template without such a rule.
 */
export function allowedRegions(template: unknown): readonly string[] {
  const rule = (template as { Rules?: Readonly<Record<string, unknown>> }).Rules?.[RULE];
  const regions = [...JSON.stringify(rule ?? '').matchAll(/\{"Ref":"AWS::Region"\},"([a-z0-9-]+)"/g)];
  if (regions.length === 0) throw new Error(`The template has no rule ${RULE} that compares AWS::Region`);
  return regions.map(([, region = '']) => region);
}

/** Errors of cfn-lint about templates in Regions, from one run; undefined where it is not installed. */
export function regionErrors(files: readonly string[], regions: readonly string[]): readonly string[] | undefined {
  const { status, stdout, stderr, error } = spawnSync(
    'cfn-lint',
    ['--format', 'parseable', '--non-zero-exit-code', 'error', '--regions', ...regions, '--', ...files],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
  const errors = stdout.split('\n').filter((line) => /:E\d{4}:/.test(line));
  if (status === 0 || errors.length > 0) {
    return [...new Set(errors.map((line) => line.replace(/^.*\/([^/:]+):[\d:]+:(E\d+):/, '$1: $2 ')))];
  }
  throw new Error(`cfn-lint ended with ${status}: ${stderr}${error?.message ?? ''}`);
}
