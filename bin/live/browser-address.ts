import { findEnvironment } from 'small-cloud';
import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { LOCAL_EDGE } from './words';

/**
 * Returns the address that a browser opens: that of the stack, or, of a local run, the one on this machine. Where the run
 * does not say, as the run of another user does not, a remark says where its address is.
 */
export function browserAddress(
  url: string,
  { endpoint }: Pick<LiveRequest, 'endpoint'>,
  { localAddress: find = localAddress, err }: Pick<Context, 'localAddress' | 'err'>,
): string {
  if (endpoint === undefined) return url;
  const found = find(url, endpoint);
  if (found === undefined) err(LOCAL_EDGE);
  return found ?? url;
}

/**
 * Finds the address on this machine of a URL of a local run.
 *
 * @param apiUrl - address of the run's AWS API.
 * @param run - looks for the run.
 * @returns undefined where this user has no such run open, or it does not know the domain.
 */
export function localAddress(url: string, apiUrl: string, run = findEnvironment): string | undefined {
  const [whole = '', domain = ''] = /^https:\/\/([^/?#]+)/.exec(url) ?? [];
  const names = run(apiUrl)?.names ?? {};
  return Object.hasOwn(names, domain) ? `${names[domain]}${url.slice(whole.length)}` : undefined;
}
