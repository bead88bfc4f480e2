const STATUSES = {
  'no-such-path': 404,
  'no-such-channel': 404,
  'sign-in': 401,
  'not-a-moderator': 403,
  banned: 403,
  name: 400,
  'too-many': 429,
  unavailable: 503,
} as const;

/** Names of refusals, as players read them. */
export type RefusalName = keyof typeof STATUSES;

/** A request that is refused, with a sentence for the viewer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: RefusalName,
    message: string,
  ) {
    super(message);
  }

  get status(): number {
    return STATUSES[this.error];
  }
}
