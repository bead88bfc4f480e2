import { recordOf } from '../access/record';

/** The hash of no body. CloudFront signs a `POST` to a function URL only with the hash that the client sends. */
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Time that the service has for an answer. */
const PATIENCE_MILLISECONDS = 10_000;

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A place in the room. */
export interface Place {
  readonly token: string;
  /** Id of this viewer. */
  readonly user: string;
  /** Empty for somebody who only reads. */
  readonly name: string;
  readonly moderates: boolean;
  readonly muted: boolean;
  readonly sessionSeconds: number;
}

/** An answer: a place, a refusal by its name, or none. */
export type PlaceAnswer =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }
  | { readonly kind: 'unanswered' };

/** Everything that a viewer shows at the desk. */
export interface Introduction {
  readonly channel: string;
  /** Random id of this browser. */
  readonly guest: string;
  readonly name: string;
  /** Token of the session of a private channel. */
  readonly session: string | undefined;
  /** Code of a moderator. */
  readonly moderator: string | undefined;
}

/** The function at the edge that lets viewers into rooms. */
export class Desk {
  constructor(
    private readonly path: string,
    private readonly fetch: Fetch,
  ) {}

  /** Asks for a place. */
  async enter(who: Introduction): Promise<PlaceAnswer> {
    try {
      const response = await this.post(`token?${new URLSearchParams({ channel: who.channel })}`, who);
      const { token, user, name, moderates, muted, sessionSeconds, error, message } = recordOf(await response.json());
      if (!response.ok) return { kind: 'refused', error: String(error), message: String(message) };
      const place = { token: String(token), user: String(user), name: String(name) };
      const seconds = Number(sessionSeconds) || 3600;
      return {
        kind: 'place',
        place: { ...place, moderates: moderates === true, muted: muted === true, sessionSeconds: seconds },
      };
    } catch {
      return { kind: 'unanswered' };
    }
  }

  /** Keeps a user out, as a moderator. @returns whether it was done. */
  async keepOut(how: 'mute' | 'ban', user: string, who: Introduction): Promise<boolean> {
    try {
      const query = new URLSearchParams({ channel: who.channel, user });
      return (await this.post(`${how}?${query}`, who)).ok;
    } catch {
      return false;
    }
  }

  private post(what: string, { guest, name, session, moderator }: Introduction): Promise<Response> {
    const headers: Record<string, string> = { 'x-amz-content-sha256': EMPTY_BODY_SHA256, 'x-chat-guest': guest };
    if (name !== '') headers['x-chat-name'] = encodeURIComponent(name);
    if (session !== undefined) headers['x-viewer-session'] = session;
    if (moderator !== undefined) headers['x-chat-moderator'] = moderator;
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    return this.fetch(`${this.path}/${what}`, { method: 'POST', headers, cache: 'no-store', signal });
  }
}
