import { randomBytes } from 'node:crypto';

/** Keys that sign requests, as the AWS SDKs read them from the environment. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for the operator's own, which are no session of a role. */
  readonly sessionToken?: string | undefined;
}

/** Temporary keys of a role, as the AWS SDKs read them from the environment. */
export interface TemporaryCredentials extends Keys {
  readonly sessionToken: string;
}

/** Whose keys they are. */
export interface RoleSession {
  readonly roleArn: string;
  /** `AWSCLI-Session`; the name that whoever assumed the role gave. */
  readonly sessionName: string;
}

/**
 * The keys of one run: the operator's, and those of its roles. All are random, and good for this run only; no others are
 * known to it.
 */
export class Credentials {
  /** The operator's own, who may do all. */
  readonly operator: Keys = { accessKeyId: accessKeyId('AKIA'), secretAccessKey: randomBytes(30).toString('base64') };
  private readonly byRole = new Map<string, TemporaryCredentials>();
  private readonly sessions = new Map<string, RoleSession & { readonly keys: TemporaryCredentials }>();

  /** The keys of a role that a service works as; the same ones each time. */
  issue(roleArn: string): TemporaryCredentials {
    const known = this.byRole.get(roleArn);
    if (known !== undefined) return known;
    const issued = this.assume(roleArn, 'service');
    this.byRole.set(roleArn, issued);
    return issued;
  }

  /** New keys for one who assumes a role. */
  assume(roleArn: string, sessionName: string): TemporaryCredentials {
    const keys = {
      accessKeyId: accessKeyId('ASIA'),
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.sessions.set(keys.accessKeyId, { roleArn, sessionName, keys });
    return keys;
  }

  /** The keys to which an access key belongs; undefined when it was not issued in this run. */
  keysOf(accessKeyId: string): Keys | undefined {
    return accessKeyId === this.operator.accessKeyId ? this.operator : this.sessions.get(accessKeyId)?.keys;
  }

  /** The role whose key it is; undefined for the operator's own. */
  roleOf(accessKeyId: string): string | undefined {
    return this.sessions.get(accessKeyId)?.roleArn;
  }

  /** The session that a key belongs to; undefined for the operator's own. */
  sessionOf(accessKeyId: string): RoleSession | undefined {
    return this.sessions.get(accessKeyId);
  }
}

function accessKeyId(prefix: 'AKIA' | 'ASIA'): string {
  return `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`;
}
