import type { PoolDomain, UserPool } from '../pool/user-pool';

/** A request to a domain of a pool. */
export interface SignInRequest {
  readonly pool: UserPool;
  readonly domain: PoolDomain;
  readonly method: string;
  /** Path below the host: `/oauth2/token`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of the body; none for a body that is no form. */
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An answer of a page or an endpoint. */
export interface SignInAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes an answer in JSON that nobody keeps. */
export function jsonAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): SignInAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** Sends the browser to another address. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): SignInAnswer {
  return { status: 302, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' };
}

/** Adds parameters to the query of an address. */
export function withQuery(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
