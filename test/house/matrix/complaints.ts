import type { Template } from '../../stream/synth';
import { besideComplaints } from './beside';
import { encoderComplaints } from './encoders';
import { pathComplaints } from './paths';
import { permissionComplaints } from './permissions';
import { referenceComplaints } from './references';
import { segmentComplaints } from './segments';
import type { MatrixStack } from './stacks';

/** All that is wrong with a stack of the matrix; nothing where its parts agree with each other and with the tables. */
export function complaints(
  { origin, rows }: Pick<MatrixStack, 'origin' | 'rows'>,
  template: Template,
): readonly string[] {
  return [
    ...referenceComplaints(template),
    ...pathComplaints(template, rows).map((complaint) => `${origin}: ${complaint}`),
    ...besideComplaints(template, rows),
    ...rows.flatMap((row) => [
      ...encoderComplaints(template, row),
      ...segmentComplaints(template, row),
      ...permissionComplaints(template, row),
    ]),
  ];
}
