import { spawnSync } from 'node:child_process';

/** Name of the rule with which every template refuses Regions. */
const RULE = 'RegionHasTheServices';
/** Beginning of the names of all such rules: a capability may have one of its own. */
const RULES = 'RegionHas';

/**
 * Regions that all rules of a template allow: every string that they compare with `AWS::Region`.
 *
 * @throws Error for a template without such a rule.
 */
export function allowedRegions(template: unknown): readonly string[] {
  const { Rules: rules = {} } = template as { Rules?: Readonly<Record<string, unknown>> };
  const allowed = Object.keys(rules)
    .filter((name) => name.startsWith(RULES))
    .map((name) =>
      [...JSON.stringify(rules[name]).matchAll(/\{"Ref":"AWS::Region"\},"([a-z0-9-]+)"/g)].map(
        ([, region = '']) => region,
      ),
    );
  if (rules[RULE] === undefined || allowed.some((regions) => regions.length === 0)) {
    throw new Error(`The template has no rule ${RULE} that compares AWS::Region`);
  }
  const [first = [], ...others] = allowed;
  return first.filter((region) => others.every((regions) => regions.includes(region)));
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
