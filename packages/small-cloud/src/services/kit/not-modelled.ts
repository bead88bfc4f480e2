import { UnsupportedError, type Value } from '../../contract';

/** Details of an error about something that the local run does not model. */
export interface Unmodelled {
  /** The value that was given, when others are modelled. */
  readonly given?: Value;
  /** The values that are modelled. */
  readonly known?: readonly Value[];
  /** A sentence that says what to do instead, without a full stop. */
  readonly advice?: string;
}

/**
 * Makes the error for something that the local run does not model:
 * `Alerts.Protocol: sms is not modelled by the local run; it knows email, email-json`.
 *
 * @param names - what a message calls it: the path of a property, or a service and its operation; several if need be.
 */
export function notModelled(
  names: string | readonly string[],
  { given, known, advice }: Unmodelled = {},
): UnsupportedError {
  const all = [names].flat();
  const name = all.join(', ');
  const subject = given === undefined ? name : `${name}: ${shown(given)}`;
  const rule = known === undefined ? '' : `; it knows ${known.map(shown).join(', ')}`;
  return new UnsupportedError(
    `${subject} ${all.length > 1 ? 'are' : 'is'} not modelled by the local run${rule}${advice === undefined ? '' : `. ${advice}`}`,
  );
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
