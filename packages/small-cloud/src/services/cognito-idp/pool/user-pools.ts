import { randomInt } from 'node:crypto';
import type { Cloud } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { SigningKey } from '../tokens/signing-key';
import type { PoolClient, PoolDomain, UserPool, UserPoolSettings } from './user-pool';

const DIGITS = '0123456789';
const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';

/** The user pools of the account. */
export class UserPools {
  private readonly pools = new Map<string, UserPool>();

  /** @param newKey - makes a signing key. */
  constructor(
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
    private readonly newKey: () => Promise<SigningKey>,
  ) {}

  /** Makes a pool with new keys, and without users. */
  async create(settings: UserPoolSettings): Promise<UserPool> {
    const { region } = this.cloud;
    const id = `${region}_${randomWord(9, `${LOWERCASE.toUpperCase()}${LOWERCASE}${DIGITS}`)}`;
    const [idKey, accessKey] = await Promise.all([this.newKey(), this.newKey()]);
    const pool: UserPool = {
      id,
      arn: this.arnOf(id),
      issuer: `https://${this.issuerHost}/${id}`,
      settings,
      keys: { id: idKey, access: accessKey },
      users: new Map(),
      groups: new Map(),
      clients: new Map(),
      brandings: new Map(),
      domain: undefined,
    };
    this.pools.set(id, pool);
    return pool;
  }

  /** The ARN of a pool, whether it exists or not. */
  arnOf(id: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${id}`;
  }

  /** Host of the API, and of the keys of all pools: `cognito-idp.<region>.amazonaws.com`. */
  get issuerHost(): string {
    return `cognito-idp.${this.cloud.region}.amazonaws.com`;
  }

  /** Host of a domain: `<prefix>.auth.<region>.amazoncognito.com`. */
  domainHost(prefix: string): string {
    return `${prefix}.auth.${this.cloud.region}.amazoncognito.com`;
  }

  find(id: string): UserPool | undefined {
    return this.pools.get(id);
  }

  /** Finds a pool. @throws AwsError ResourceNotFoundException when there is none. */
  get(id: string): UserPool {
    const pool = this.pools.get(id);
    if (pool === undefined) throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
    return pool;
  }

  all(): readonly UserPool[] {
    return [...this.pools.values()];
  }

  /** Finds the pool and the domain with a host name. */
  ofHost(host: string): { readonly pool: UserPool; readonly domain: PoolDomain } | undefined {
    for (const pool of this.pools.values()) if (pool.domain?.host === host) return { pool, domain: pool.domain };
    return undefined;
  }

  /** Deletes a pool. @throws AwsError InvalidParameterException while it is protected or has a domain. */
  delete(id: string): void {
    const pool = this.pools.get(id);
    if (pool?.settings.isDeletionProtected) {
      throw new AwsError(
        'InvalidParameterException',
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      );
    }
    if (pool?.domain !== undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'User pool cannot be deleted. It has a domain configured that should be deleted first.',
      );
    }
    this.pools.delete(id);
  }
}

/** Finds a client of a pool. @throws AwsError ResourceNotFoundException when there is none. */
export function theClient(pool: UserPool, id: string): PoolClient {
  const client = pool.clients.get(id);
  if (client === undefined) throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  return client;
}

/** Makes the id of a client: 26 lower-case letters and digits. */
export function clientId(): string {
  return randomWord(26, `${LOWERCASE}${DIGITS}`);
}

function randomWord(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
