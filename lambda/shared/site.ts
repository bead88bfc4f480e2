/** Returns the origin of the site that a viewer asked, by its host; empty for no host. A local run has no TLS. */
export function siteOf(host: string): string {
  if (!/^[a-z0-9.:-]+$/i.test(host)) return '';
  return `${/^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? 'http' : 'https'}://${host}`;
}
