const STATUSES = {
  'no-such-path': 404,
  'no-such-poll': 404,
  'no-such-option': 400,
  'sign-in': 401,
  voted: 409,
  closed: 410,
  'too-many': 429,
} as const;

/** A request that is refused, with a sentence for the viewer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: keyof typeof STATUSES,
    message: string,
  ) {
    super(message);
  }

  get status(): number {
    return STATUSES[this.error];
  }
}
