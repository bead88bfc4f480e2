import { grants, inline, type Statement } from '../../stream/grants';
import { resources, type Template } from '../../stream/synth';
import { expectedOf } from './kinds';
import type { NamedRow } from './stacks';
import { differences } from './texts';

/** Statements that the roles of an encoder and of its input lack or have to spare; nothing where they have exactly the expected. */
export function permissionComplaints(template: Template, { name, input, origin }: NamedRow): readonly string[] {
  const { encoderMay, inputMay } = expectedOf('input', input);
  const ofOrigin = expectedOf('origin', origin).encoderMay(name);
  const inputRole = new RegExp(`^Input${name}Role`);
  const hasRole = resources(template, 'AWS::IAM::Role').some(({ id }) => inputRole.test(id));
  return [
    ...differences(
      'encoder may',
      [...encoderMay, ...ofOrigin],
      lines(inline(template, new RegExp(`^Encoder${name}Role`))),
    ),
    ...differences('input may', inputMay ?? [], hasRole ? lines(inline(template, inputRole)) : []),
  ].map((complaint) => `${name} (${input}, ${origin}): ${complaint}`);
}

/** One line for each action and resource, with what it hangs on. */
function lines(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement) =>
    grants([statement]).map((line) => {
      const { Effect, Condition } = statement;
      const where = Condition === undefined ? '' : ` where ${JSON.stringify(Condition)}`;
      return `${Effect === 'Allow' ? '' : `${Effect} `}${line}${where}`;
    }),
  );
}
