import type { ApiHandler, Cloud, NodeStatus, ResourceProvider, Service } from '../../contract';
import { cognitoApi } from './api/api';
import { seededLine } from './pool/seeded-viewers';
import { UserPools } from './pool/user-pools';
import { cognitoProviders } from './resources/providers';
import { SignInFace } from './sign-in/sign-in-face';
import { signingKey } from './tokens/signing-key';

/**
 * Amazon Cognito user pools: users and groups, the pages and the endpoints of a domain, and tokens that anybody can verify
 * with the keys of the pool. Every pool has viewers of the local run ({@link seededLine}).
 */
export class CognitoIdp implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly pools: UserPools;
  private readonly face: SignInFace;

  /** @param newKey - makes the keys of a pool, which takes a second on a busy machine. */
  constructor(
    private readonly cloud: Cloud,
    newKey = signingKey,
  ) {
    this.pools = new UserPools(cloud, newKey);
    this.face = new SignInFace(cloud, this.pools);
    this.api = { 'cognito-idp': cognitoApi({ cloud, pools: this.pools, grants: this.face.grants }) };
    this.resources = cognitoProviders({
      cloud,
      pools: this.pools,
      publish: async (host) => this.publish(host, true),
      withdraw: (host) => cloud.names.forget(host),
    });
  }

  async start(): Promise<void> {
    await this.publish(this.pools.issuerHost, false);
  }

  async stop(): Promise<void> {
    await this.face.stop();
  }

  /** Returns a line for each pool with a domain: who can sign in, and with which password. */
  status(): readonly NodeStatus[] {
    return this.pools
      .all()
      .filter(({ domain }) => domain !== undefined)
      .map((pool) => ({ node: 'sign-in', state: 'running', detail: seededLine(pool) }));
  }

  /** The first part of a path at the port is the host. */
  private async publish(host: string, pageFacing: boolean): Promise<void> {
    this.cloud.names.register(host, `http://127.0.0.1:${await this.face.port()}/${host}`, { pageFacing });
  }
}
