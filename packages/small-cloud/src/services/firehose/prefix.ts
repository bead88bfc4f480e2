import { AwsError } from '../kit/aws-error';
import { notModelled } from '../kit/not-modelled';

/** Values of the expressions in a prefix. */
export interface PrefixMoment {
  /** Arrival of the oldest record of an object, in milliseconds since 1970. */
  readonly at: number;
  /** The kind of failure; undefined for an object that holds records. */
  readonly failure?: string;
}

const EXPRESSION = /!\{([^}:]*):([^}]*)\}/g;
const FAILURE = '!{firehose:error-output-type}';
/** The folders that Firehose adds to a prefix without a time of its own. */
const BY_HOUR = '!{timestamp:yyyy/MM/dd/HH}/';

/**
 * Checks the prefixes of a destination.
 *
 * @returns both, with the folders that Firehose adds.
 * @throws AwsError InvalidArgumentException for a pair that Firehose refuses.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function prefixes(prefix: string, errorPrefix: string): { readonly prefix: string; readonly errors: string } {
  if (prefix.includes('!{') && errorPrefix === '') {
    throw broken('ErrorOutputPrefix cannot be null or empty when Prefix contains expressions');
  }
  if (prefix.includes(FAILURE)) throw broken(`Prefix cannot contain ${FAILURE}`);
  if (errorPrefix !== '' && !errorPrefix.includes(FAILURE)) {
    throw broken(`ErrorOutputPrefix must contain at least one instance of ${FAILURE}`);
  }
  for (const text of [prefix, errorPrefix]) evaluated(text, { at: 0, failure: 'x' });
  return {
    prefix: prefix.includes('!{timestamp:') ? prefix : `${prefix}${BY_HOUR}`,
    errors: errorPrefix === '' ? `${prefix}${FAILURE}/${BY_HOUR}` : errorPrefix,
  };
}

/** Evaluates the expressions of a prefix, in UTC. */
export function evaluated(prefix: string, { at, failure = '' }: PrefixMoment): string {
  const text = prefix.replace(EXPRESSION, (whole, namespace: string, value: string) => {
    if (namespace === 'timestamp') return formatted(value, new Date(at));
    if (whole === FAILURE) return failure;
    throw notModelled(`the expression ${whole}`, { known: ['!{timestamp:…}', FAILURE] });
  });
  if (text.includes('!{')) throw broken(`an expression is !{namespace:value}; ${prefix} was given`);
  return text;
}

const LETTERS: Readonly<Record<string, (date: Date) => number>> = {
  yyyy: (date) => date.getUTCFullYear(),
  MM: (date) => date.getUTCMonth() + 1,
  dd: (date) => date.getUTCDate(),
  HH: (date) => date.getUTCHours(),
  mm: (date) => date.getUTCMinutes(),
  ss: (date) => date.getUTCSeconds(),
};

/** Formats a time as Java's DateTimeFormatter does. Other letters than those of dates and times are refused. */
function formatted(pattern: string, date: Date): string {
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    const letter = Object.hasOwn(LETTERS, run) ? LETTERS[run] : undefined;
    if (letter === undefined) throw notModelled('a timestamp', { given: run, known: Object.keys(LETTERS) });
    return String(letter(date)).padStart(run.length, '0');
  });
}

function broken(rule: string): AwsError {
  const start = 'The supplied prefix(es) do not satisfy the following constraint';
  return new AwsError('InvalidArgumentException', `${start}: ${rule}`);
}
