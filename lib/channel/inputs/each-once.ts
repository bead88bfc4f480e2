import { rule } from '../field';
import { given } from '../given';

/** A rule for lists of names: each may be there once. */
export function eachOnce(what: string) {
  return rule('list', (values) =>
    values.flatMap((value, index) =>
      typeof value === 'string' && values.indexOf(value) < index
        ? [{ path: [index], message: `${given(value)} was given twice; each ${what} may be named once` }]
        : [],
    ),
  );
}
