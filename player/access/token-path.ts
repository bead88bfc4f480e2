/** The part of a path that carries a viewer's token. */
const TOKEN = /^\/s\/[^/]+(?=\/)/;

/**
 * Puts a token into the address of a media request, in place of an older one.
 *
 * @param base - `/s/<token>`.
 * @param page - address of the page. Other sites never get a token.
 */
export function withToken(url: string, base: string, page: string): string {
  return onSite(url, page, (path) => base + path.replace(TOKEN, ''));
}

/** Removes the token from the address of a media request. */
export function withoutToken(url: string, page: string): string {
  return onSite(url, page, (path) => path.replace(TOKEN, ''));
}

function onSite(url: string, page: string, change: (path: string) => string): string {
  if (!URL.canParse(url, page)) return url;
  const target = new URL(url, page);
  if (target.origin !== new URL(page).origin) return url;
  target.pathname = change(target.pathname);
  return target.href;
}
