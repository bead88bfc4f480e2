import type { Reader } from '../reader';

/** A sign-in with OAuth 2.0: the addresses of its endpoints, or the issuer that publishes them. */
export type SignInConfig = {
  readonly clientId: string;
  /** Scopes, with blanks between them: `openid email`. */
  readonly scope: string;
} & (
  | { readonly authorizeUrl: string; readonly tokenUrl: string; readonly logoutUrl: string | undefined }
  | { readonly issuer: string }
);

/** The sign-in of a stack, undefined in a stack that admits by links only; and all problems of its description. */
export interface SignInReading {
  readonly signIn: SignInConfig | undefined;
  readonly problems: readonly string[];
}

/**
 * Reads the member `access` of `config.json`.
 *
 * @param page - address of the page, against which paths are resolved.
 */
export function readSignIn(reader: Reader, access: unknown, page: string): SignInReading {
  const { signIn } = reader.record('access', access ?? {});
  if (signIn === undefined) return { signIn: undefined, problems: reader.problems };
  const path = 'access.signIn';
  const { clientId, scope, issuer, ...urls } = reader.record(path, signIn);
  const address = (name: string, given: unknown): string => endpoint(reader, `${path}.${name}`, given, page);
  const client = {
    clientId: reader.string(`${path}.clientId`, clientId),
    scope: reader.string(`${path}.scope`, scope),
  };
  if (issuer !== undefined) {
    return { signIn: { ...client, issuer: address('issuer', issuer) }, problems: reader.problems };
  }
  const { authorizeUrl, tokenUrl, logoutUrl } = urls;
  const endpoints = {
    authorizeUrl: address('authorizeUrl', authorizeUrl),
    tokenUrl: address('tokenUrl', tokenUrl),
    logoutUrl: logoutUrl === undefined ? undefined : address('logoutUrl', logoutUrl),
  };
  return { signIn: { ...client, ...endpoints }, problems: reader.problems };
}

function endpoint(reader: Reader, path: string, given: unknown, page: string): string {
  const url = typeof given === 'string' && URL.canParse(given, page) ? new URL(given, page) : undefined;
  if (url !== undefined && isTrusted(url, page)) return url.href;
  reader.refuse(path, given, 'an https address, or one of this site or of this machine, is needed');
  return page;
}

/** Returns true for addresses that nobody on the way can read or change. */
export function isTrusted(url: URL, page: string): boolean {
  if (url.protocol === 'https:' || url.origin === new URL(page).origin) return true;
  return url.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
