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
 * @param name - what a message calls it: the path of a property, or a service and its operation.
 */
export function notModelled(name: string, { given, known, advice }: Unmodelled = {}): UnsupportedError {
  const subject = given === undefined ? name : `${name}: ${shown(given)}`;
  const rule = known === undefined ? '' : `; it knows ${known.map(shown).join(', ')}`;
  return new UnsupportedError(
    `${subject} is not modelled by the local run${rule}${advice === undefined ? '' : `. ${advice}`}`,
  );
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
