import { AwsError } from '../../kit/aws-error';
import type { Job } from './job';

/** Jobs of one page at most. */
const MOST = 20;
const QUERIES = ['maxResults', 'nextToken', 'order', 'queue', 'status'];

/**
 * Returns one page of ListJobs: `status`, `order` (the newest first where it is left out), `maxResults` up to 20.
 *
 * @throws AwsError (BadRequestException) for a parameter that is none of them, or an impossible one.
 */
export function jobList(
  jobs: readonly Job[],
  query: URLSearchParams,
): { readonly page: readonly Job[]; readonly nextToken: string | undefined } {
  for (const name of query.keys()) {
    if (!QUERIES.includes(name)) throw new AwsError('BadRequestException', `${name} is no parameter of ListJobs`);
  }
  const size = Number(query.get('maxResults') ?? MOST);
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    throw new AwsError(
      'BadRequestException',
      `maxResults: ${query.get('maxResults')} was given; 1 to ${MOST} is needed`,
    );
  }
  const status = query.get('status');
  const chosen = jobs.filter(({ state }) => status === null || state === status);
  const ordered = query.get('order') === 'ASCENDING' ? chosen : chosen.toReversed();
  const from = offsetOf(query.get('nextToken'));
  const next = from + size;
  const nextToken = next < ordered.length ? Buffer.from(`from ${next}`).toString('base64url') : undefined;
  return { page: ordered.slice(from, next), nextToken };
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  const offset = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (offset === undefined) throw new AwsError('BadRequestException', 'nextToken: it belongs to no list of jobs');
  return Number(offset);
}
