import { readSessionAnswer, type Session, type SessionAnswer } from './session';

/** The hash of no body. CloudFront signs a `POST` to a function URL only with the hash that the client sends. */
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Time that the service has for an answer. */
const PATIENCE_MILLISECONDS = 10_000;

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Proof of the right to watch: an access token of the sign-in, or a link. */
export type Proof = { readonly 'x-viewer-token': string } | { readonly 'x-viewer-link': string };

/** Circumstances of a request for a session. */
export interface SessionWish {
  readonly channel: string;
  /** True for the browser's own player, which cannot change a token. */
  readonly native: boolean;
  /** True to end the oldest session of the viewer first. */
  readonly takeover: boolean;
}

/**
 * The service behind `/api/session`, on the site that serves the page.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class SessionService {
  constructor(
    private readonly fetch: Fetch,
    /** Returns seconds since 1970 by the clock of this device. */
    private readonly now: () => number,
  ) {}

  /** Asks for a session. */
  async begin({ channel, native, takeover }: SessionWish, proof: Proof): Promise<SessionAnswer> {
    const query = new URLSearchParams({ channel });
    if (native) query.set('native', '1');
    if (takeover) query.set('takeover', '1');
    return this.post(`/api/session?${query}`, { ...proof });
  }

  /**
   * Asks for a new token of the same session.
   *
   * @param accessToken - undefined for a session that began with a link.
   */
  async renew(session: Session, accessToken: string | undefined): Promise<SessionAnswer> {
    const headers: Record<string, string> = { 'x-viewer-session': tokenOf(session) };
    if (accessToken !== undefined) headers['x-viewer-token'] = accessToken;
    return this.post(`/api/session/${session.sid}/renew`, headers);
  }

  /** Ends a session. The request outlives the page. If it is lost, the place is free some minutes later. */
  async end(session: Session): Promise<void> {
    await this.fetch(`/api/session/${session.sid}/end`, {
      method: 'POST',
      headers: { 'x-amz-content-sha256': EMPTY_BODY_SHA256, 'x-viewer-session': tokenOf(session) },
      keepalive: true,
    }).catch(() => undefined);
  }

  private async post(url: string, headers: Record<string, string>): Promise<SessionAnswer> {
    try {
      const response = await this.fetch(url, {
        method: 'POST',
        headers: { ...headers, 'x-amz-content-sha256': EMPTY_BODY_SHA256 },
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      const date = Date.parse(response.headers.get('date') ?? '') / 1000;
      return readSessionAnswer(response.ok, await response.json(), Number.isNaN(date) ? this.now() : date);
    } catch {
      return { kind: 'unanswered' };
    }
  }
}

const tokenOf = ({ base }: Session): string => base.slice('/s/'.length);
