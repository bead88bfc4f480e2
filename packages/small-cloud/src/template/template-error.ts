/**
 * CloudFormation would refuse the template or its parameters. The error lists all problems at once, one sentence each, in
 * CloudFormation's own words where they are known.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
