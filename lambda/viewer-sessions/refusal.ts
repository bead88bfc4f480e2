/** Names of refusals, as players read them. */
export type RefusalName =
  | 'sign-in'
  | 'not-entitled'
  | 'no-such-channel'
  | 'no-such-path'
  | 'too-many-sessions'
  | 'session-ended'
  | 'link-used'
  | 'link-expired'
  | 'country'
  | 'unavailable';

const STATUSES: Readonly<Record<RefusalName, number>> = {
  'sign-in': 401,
  'not-entitled': 403,
  'no-such-channel': 404,
  'no-such-path': 404,
  'too-many-sessions': 409,
  'session-ended': 410,
  'link-used': 410,
  'link-expired': 410,
  country: 451,
  unavailable: 503,
};

/** A device that watches already, as a viewer sees it. */
export interface OtherDevice {
  readonly device: string;
  /** Beginning of its session, in seconds since 1970. */
  readonly since: number;
}

/** A request that is refused, with a sentence for the viewer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: RefusalName,
    message: string,
    readonly devices?: readonly OtherDevice[],
  ) {
    super(message);
  }

  get status(): number {
    return STATUSES[this.error];
  }
}
