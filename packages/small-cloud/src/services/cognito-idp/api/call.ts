import type { ApiRequest, Cloud, Properties } from '../../../contract';
import { authorized } from '../../kit/authorized';
import { AwsError } from '../../kit/aws-error';
import type { JsonOperation } from '../../kit/json-protocol';
import type { PropertyReader } from '../../kit/property-reader';
import type { UserPool } from '../pool/user-pool';
import type { UserPools } from '../pool/user-pools';
import type { Grants } from '../tokens/grants';

/** The parts of the service that the API uses. */
export interface ApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'clock' | 'tell'>;
  readonly pools: UserPools;
  readonly grants: Grants;
}

/** One call about a pool whose caller is allowed to make it. */
export interface PoolCall {
  readonly subject: ApiSubject;
  readonly pool: UserPool;
  readonly input: PropertyReader;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes an operation on a user pool: finds the pool, and asks IAM for the action on its ARN.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
 */
export function poolOperation(
  subject: ApiSubject,
  action: string,
  perform: (call: PoolCall) => Properties,
): JsonOperation {
  return (input, { roleArn }: ApiRequest) => {
    const { cloud, pools } = subject;
    const id = input.text('UserPoolId');
    authorized(cloud.access, roleArn, { action, resource: pools.arnOf(id) });
    return perform({ subject, pool: pools.get(id), input, now: cloud.clock.now() });
  };
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/**
 * Reads the limit and the token of a call, and cuts a list. A page has at most 60 items, which is also its usual size.
 *
 * @param tokenKey - `NextToken`, or `PaginationToken` in ListUsers.
 */
export function pageOf<T>(all: readonly T[], input: PropertyReader, tokenKey: string): Page<T> {
  const limit = input.whole('Limit', 0, 60, 60) || 60;
  const token = input.maybeText(tokenKey) ?? '0';
  const start = /^\d{1,9}$/.test(token) ? Number(token) : Number.NaN;
  if (!(start <= all.length)) throw new AwsError('InvalidParameterException', 'Invalid pagination token.');
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}
