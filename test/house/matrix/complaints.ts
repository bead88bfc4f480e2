import type { Template } from '../../stream/synth';
import { encoderComplaints } from './encoders';
import { pathComplaints } from './paths';
import { permissionComplaints } from './permissions';
import type { MatrixStack } from './stacks';

/** All that is wrong with a stack of the matrix; nothing where its parts agree. */
export function complaints({ rows }: Pick<MatrixStack, 'rows'>, template: Template): readonly string[] {
  return [
    ...pathComplaints(template),
    ...rows.flatMap((row) => encoderComplaints(template, row.name, row.ladder)),
    ...rows.flatMap((row) => permissionComplaints(template, row)),
  ];
}
