import { ServiceError } from '../contract/service-error';

const MOST = 1000;
const USUAL = 100;

/**
 * Returns one page of a list, according to `maxResults` (1 to 1000; 100 when left out) and `nextToken`.
 *
 * @param key - the name of the list in the answer: `channels`.
 * @throws ServiceError (BadRequestException) for an impossible number or token.
 */
export function page<T>(key: string, items: readonly T[], query: URLSearchParams): Readonly<Record<string, unknown>> {
  const size = Number(query.get('maxResults') ?? USUAL);
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    throw new ServiceError(
      'BadRequestException',
      `maxResults: ${query.get('maxResults')} was given; 1 to ${MOST} is needed`,
    );
  }
  const from = offsetOf(query.get('nextToken'));
  const next = from + size;
  const token = next < items.length ? { nextToken: Buffer.from(`from ${next}`).toString('base64url') } : {};
  return { [key]: items.slice(from, next), ...token };
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  const offset = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (offset === undefined) {
    throw new ServiceError('BadRequestException', 'nextToken: it belongs to no list of this service');
  }
  return Number(offset);
}
