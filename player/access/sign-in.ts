import { type Endpoints, endpointsOf } from './endpoints';
import { challengeOf, randomText } from './pkce';
import { recordOf } from './record';
import type { Fetch } from './session-service';
import type { SignInConfig } from './sign-in-config';

/** Age before its end at which an access token is replaced, in seconds. */
const MARGIN_SECONDS = 30;

const STATE = 'access.state';
const VERIFIER = 'access.verifier';
const REFRESH_TOKEN = 'access.refresh-token';

/** Parts of the page that the sign-in needs. */
export interface SignInPage {
  /** Address of the page. The sign-in leads back to its folder. */
  readonly url: string;
  /** Keeps what must survive the way to the sign-in and back; `sessionStorage` in a browser. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly fetch: Fetch;
  /** Returns seconds since 1970. */
  readonly now: () => number;
}

/** An access token; or none, because the viewer has to sign in; or none, because the sign-in does not answer. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unanswered' };

/**
 * Sign-in with the authorization code flow and PKCE, without a secret in the page. The access token is only for the
 * service, and is not read. It stays in memory.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-pkce-in-authorization-code.html
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1
 */
export class SignIn {
  private endpoints: Promise<Endpoints> | undefined;
  private access: { readonly token: string; readonly expiresAt: number } | undefined;
  private refreshing: Promise<TokenAnswer> | undefined;

  constructor(
    private readonly config: SignInConfig,
    private readonly page: SignInPage,
  ) {}

  /** True for a viewer who has signed in, and has not signed out. */
  get signedIn(): boolean {
    return this.access !== undefined || this.page.storage.getItem(REFRESH_TOKEN) !== null;
  }

  /**
   * Returns the address at which viewers sign in.
   *
   * @param wish - query string of the page, which comes back behind the random part of the state.
   * @throws Error when the issuer's endpoints cannot be found out.
   */
  async begin(wish: string): Promise<string> {
    const { authorizeUrl } = await this.known();
    const verifier = randomText();
    const state = randomText() + wish;
    this.page.storage.setItem(VERIFIER, verifier);
    this.page.storage.setItem(STATE, state);
    return withQuery(authorizeUrl, {
      response_type: 'code',
      client_id: this.config.clientId,
      redirect_uri: this.home,
      scope: this.config.scope,
      state,
      code_challenge: await challengeOf(verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code that the sign-in gave for tokens.
   *
   * @param answer - query string with which the sign-in led back to the page.
   * @returns false when the viewer is not signed in, or the answer belongs to no sign-in that began in this page.
   */
  async finish(answer: string): Promise<boolean> {
    const { storage } = this.page;
    const query = new URLSearchParams(answer);
    const [state, verifier] = [storage.getItem(STATE), storage.getItem(VERIFIER)];
    storage.removeItem(STATE);
    storage.removeItem(VERIFIER);
    const code = query.get('code');
    if (code === null || verifier === null || state === null || state !== query.get('state')) return false;
    try {
      const { issuer } = await this.known();
      if (issuer !== undefined && (query.get('iss') ?? issuer) !== issuer) return false;
    } catch {
      return false;
    }
    const fields = { grant_type: 'authorization_code', code, redirect_uri: this.home, code_verifier: verifier };
    return (await this.redeem(fields)).kind === 'token';
  }

  /**
   * Returns an access token that is valid for some time.
   *
   * @param anew - true to fetch one in any case.
   */
  async token(anew: boolean): Promise<TokenAnswer> {
    const { access, page } = this;
    if (!anew && access !== undefined && access.expiresAt - MARGIN_SECONDS > page.now()) {
      return { kind: 'token', token: access.token };
    }
    const refreshToken = page.storage.getItem(REFRESH_TOKEN);
    if (refreshToken === null) {
      this.forget();
      return { kind: 'lost' };
    }
    this.refreshing ??= this.redeem({ grant_type: 'refresh_token', refresh_token: refreshToken }).finally(() => {
      this.refreshing = undefined;
    });
    const answer = await this.refreshing;
    if (answer.kind === 'lost') this.forget();
    return answer;
  }

  /** Drops all tokens. */
  forget(): void {
    this.access = undefined;
    this.page.storage.removeItem(REFRESH_TOKEN);
  }

  /** Drops all tokens, and returns the address that ends the sign-in itself, if there is one. */
  async signOut(): Promise<string | undefined> {
    this.forget();
    const endpoints = await this.known().catch(() => undefined);
    if (endpoints?.logoutUrl === undefined) return undefined;
    return withQuery(endpoints.logoutUrl, {
      client_id: this.config.clientId,
      [endpoints.logoutParameter]: this.home,
    });
  }

  /** The address to which the sign-in leads back. It has to be registered there, character by character. */
  private get home(): string {
    return new URL('./', this.page.url).href;
  }

  private known(): Promise<Endpoints> {
    this.endpoints ??= endpointsOf(this.config, this.page.url, this.page.fetch).catch((error: unknown) => {
      this.endpoints = undefined;
      throw error;
    });
    return this.endpoints;
  }

  private async redeem(fields: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    try {
      const { tokenUrl } = await this.known();
      const response = await this.page.fetch(tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({ ...fields, client_id: this.config.clientId }),
        cache: 'no-store',
      });
      if (response.status >= 500 || response.status === 429) return { kind: 'unanswered' };
      const token = response.ok ? this.keep(await response.json()) : undefined;
      if (token !== undefined) return { kind: 'token', token };
    } catch {
      return { kind: 'unanswered' };
    }
    return { kind: 'lost' };
  }

  /** Keeps the tokens of an answer. A refresh token comes only with the first one, unless the sign-in rotates it. */
  private keep(answer: unknown): string | undefined {
    const { access_token: token, expires_in: seconds, refresh_token: refreshToken } = recordOf(answer);
    if (typeof token !== 'string' || token === '') return undefined;
    this.access = { token, expiresAt: this.page.now() + (typeof seconds === 'number' ? seconds : 300) };
    if (typeof refreshToken === 'string') this.page.storage.setItem(REFRESH_TOKEN, refreshToken);
    return token;
  }
}

function withQuery(url: string, fields: Readonly<Record<string, string>>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
  return target.href;
}
