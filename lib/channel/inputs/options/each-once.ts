import { given } from '../../given';
import { rule } from '../../rule';

/** A rule for lists of names: each name may be there once. */
export function eachOnce(what: string) {
  return rule<string[]>((values, problem) => {
    for (const [index, value] of values.entries()) {
      if (value !== undefined && values.indexOf(value) < index) {
        problem([index], `${given(value)} was given twice; each ${what} may be named once`);
      }
    }
  });
}
