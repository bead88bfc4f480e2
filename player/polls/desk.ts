import { recordOf } from '../access/record';

/** The hash of no body. CloudFront signs a `POST` to a function URL only with the hash that the client sends. */
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Time that the service has for an answer. */
const PATIENCE_MILLISECONDS = 10_000;

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Everything that a viewer shows when voting. */
export interface Voter {
  /** Random id of this browser. */
  readonly guest: string;
  /** Token of the session of a private channel. */
  readonly session: string | undefined;
}

/** Outcome of a vote: counted now or before, too late, or refused with a sentence. */
export type VoteAnswer =
  | { readonly kind: 'counted' | 'counted-before' | 'closed' }
  | { readonly kind: 'refused'; readonly message: string };

/** The function at the edge that takes votes. */
export class PollDesk {
  constructor(
    private readonly path: string,
    private readonly fetch: Fetch,
  ) {}

  /** Votes for an option, by its position from 0. */
  async vote(poll: string, option: number, { guest, session }: Voter): Promise<VoteAnswer> {
    const headers: Record<string, string> = { 'x-amz-content-sha256': EMPTY_BODY_SHA256, 'x-poll-guest': guest };
    if (session !== undefined) headers['x-viewer-session'] = session;
    const query = new URLSearchParams({ poll, option: String(option) });
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    try {
      const url = `${this.path}/vote?${query}`;
      const response = await this.fetch(url, { method: 'POST', headers, cache: 'no-store', signal });
      if (response.ok) return { kind: 'counted' };
      const { error, message } = recordOf(await response.json());
      if (error === 'voted') return { kind: 'counted-before' };
      if (error === 'closed') return { kind: 'closed' };
      return { kind: 'refused', message: String(message ?? 'Not counted. Try again.') };
    } catch {
      return { kind: 'refused', message: 'Not counted: there was no answer. Try again.' };
    }
  }

  /** Asks for the votes of each option; undefined where there is no answer. */
  async result(poll: string): Promise<readonly number[] | undefined> {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
      const url = `${this.path}/result?${new URLSearchParams({ poll })}`;
      const response = await this.fetch(url, { cache: 'no-store', signal });
      const { counts } = recordOf(await response.json());
      return response.ok && Array.isArray(counts) ? counts.map(Number) : undefined;
    } catch {
      return undefined;
    }
  }
}
