/** `JAN` is 1. */
export const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `SUN` is 1. */
export const WEEKDAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** One field of a cron expression. */
export interface CronField {
  /** For messages: `hours`. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, from `least` on. */
  readonly names?: readonly string[];
}

/**
 * Reads the values of one field: `*`, numbers or names, ranges (`1-5`, `MON-FRI`), steps (`0/15`, `9-17/2`), and lists of
 * those, in ascending order.
 *
 * @throws Error with the value that was given and the range.
 */
export function cronField(text: string, { name, least, most, names = [] }: CronField): readonly number[] {
  const wrong = (why: string) => new Error(`${name}: ${why} in "${text}"; ${least} to ${most} are possible`);
  const number = (word: string): number => {
    const named = names.indexOf(word.toUpperCase());
    const value = named < 0 ? Number(/^\d+$/.test(word) ? word : Number.NaN) : named + least;
    if (value >= least && value <= most) return value;
    throw wrong(`"${word}" is wrong`);
  };
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
    if (first === '' || (first === '*' && last !== undefined)) throw wrong(`"${item}" is wrong`);
    const from = first === '*' ? least : number(first);
    const to = last !== undefined ? number(last) : first === '*' || step !== undefined ? most : from;
    if (to < from) throw wrong(`"${item}" runs backwards`);
    const by = Number(step ?? 1);
    if (by < 1) throw wrong(`a step of ${by}`);
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((one, other) => one - other);
}
