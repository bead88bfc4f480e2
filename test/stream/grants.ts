import { resources, type Template } from './synth';

/** A statement of a policy in a template. */
export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
}

/** Lists the allowed actions, one line for each action and resource: `s3:GetObject TestClipBucket/test-clip.mp4`. */
export function grants(statements: readonly Statement[]): readonly string[] {
  return statements
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${name(resource)}`)),
    )
    .sort();
}

/** A reference in words: logical ids without their hash, joined texts joined. */
export function name(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (key === 'Ref') return `<${String(argument).replace(/[0-9A-F]{8}$/, '')}>`;
  if (key === 'Fn::GetAtt') return `<${String((argument as string[])[0]).replace(/[0-9A-F]{8}$/, '')}>`;
  if (key === 'Fn::Join') return (argument as [string, unknown[]])[1].map(name).join('');
  throw new Error(`A resource is named by ${key}, which this test does not know`);
}

/** The statements in the roles themselves whose logical ids are of a kind; an error where there is no such role. */
export function inline(template: Template, roleId: RegExp): readonly Statement[] {
  const role = resources(template, 'AWS::IAM::Role').find(({ id }) => roleId.test(id));
  const policies = role?.Properties['Policies'] as readonly { PolicyDocument: { Statement: readonly Statement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
