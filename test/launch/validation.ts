import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';

/** Errors that the validators find in a template, without warnings. */
export interface Findings {
  /** Of cfn-lint; undefined when it is not on this machine. */
  readonly cfnLint: readonly string[] | undefined;
  /** Of cdk-nag: rule and logical id. */
  readonly nag: readonly string[];
  /** Of CDK's own validation of templates. */
  readonly cdk: readonly string[];
}

/** Holds a template against cfn-lint, cdk-nag and CDK's validation. */
export function findings(template: object, context: Record<string, unknown>): Findings {
  const folder = mkdtempSync(join(tmpdir(), 'validation-'));
  try {
    const file = join(folder, 'launch.template.json');
    writeFileSync(file, JSON.stringify(template));
    return { cfnLint: lint(file), ...validated(file, join(folder, 'out'), context) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lint(file: string): Findings['cfnLint'] {
  const { status, stdout, stderr } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--', file], {
    encoding: 'utf8',
  });
  if (status === null) return undefined;
  const errors = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('E'));
  return status === 0 ? errors : [...errors, `cfn-lint ended with ${status}`];
}

function validated(templateFile: string, outdir: string, context: Record<string, unknown>) {
  const before = process.env['CDK_VALIDATION'];
  delete process.env['CDK_VALIDATION'];
  try {
    const app = new App({ outdir, context, analyticsReporting: false });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new CfnInclude(new Stack(app, 'Launch'), 'T', { templateFile });
    app.synth();
  } catch (error) {
    // The report has the findings.
    if ((error as Error).name !== 'ValidationFailed') throw error;
  } finally {
    if (before !== undefined) process.env['CDK_VALIDATION'] = before;
  }
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly {
      readonly pluginName: string;
      readonly violations: readonly {
        readonly ruleName: string;
        readonly severity: string;
        readonly violatingConstructs: readonly { readonly constructPath: string }[];
      }[];
    }[];
  };
  const errorsOf = (plugin: string) => {
    const report = pluginReports.find(({ pluginName }) => pluginName === plugin);
    if (report === undefined) throw new Error(`${plugin} did not run`);
    return report.violations
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath.split('/').pop()}`),
      )
      .sort();
  };
  return { nag: errorsOf('AwsSolutions'), cdk: errorsOf('CloudFormation Validate') };
}
