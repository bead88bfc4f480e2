import { randomBytes } from 'node:crypto';

/** Keys that sign requests, as the AWS SDKs read them from the environment. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for the operator's own keys, which belong to no role session. */
  readonly sessionToken?: string | undefined;
}

/** Temporary keys of a role, as the AWS SDKs read them from the environment. */
export interface TemporaryCredentials extends Keys {
  readonly sessionToken: string;
}

/** The owner of temporary keys. */
export interface RoleSession {
  readonly roleArn: string;
  /** The name that the caller of AssumeRole chose: `AWSCLI-Session`. */
  readonly sessionName: string;
}

/**
 * The keys of one run: the operator's, and those of its roles. All are random and valid for this run only. The run
 * knows no others.
 */
export class Credentials {
  /** The operator's own keys, which allow everything. */
  readonly operator: Keys = { accessKeyId: accessKeyId('AKIA'), secretAccessKey: randomBytes(30).toString('base64') };
  private readonly byRole = new Map<string, TemporaryCredentials>();
  private readonly sessions = new Map<string, RoleSession & { readonly keys: TemporaryCredentials }>();

  /** Returns the keys of a role that a service acts as, the same each time. */
  issue(roleArn: string): TemporaryCredentials {
    const known = this.byRole.get(roleArn);
    if (known !== undefined) return known;
    const issued = this.assume(roleArn, 'service');
    this.byRole.set(roleArn, issued);
    return issued;
  }

  /** Makes new keys for a caller that assumes a role. */
  assume(roleArn: string, sessionName: string): TemporaryCredentials {
    const keys = {
      accessKeyId: accessKeyId('ASIA'),
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.sessions.set(keys.accessKeyId, { roleArn, sessionName, keys });
    return keys;
  }

  /** Finds the keys of an access key; undefined for one that this run has not issued. */
  keysOf(accessKeyId: string): Keys | undefined {
    return accessKeyId === this.operator.accessKeyId ? this.operator : this.sessions.get(accessKeyId)?.keys;
  }

  /** Finds the role of an access key; undefined for the operator's own. */
  roleOf(accessKeyId: string): string | undefined {
    return this.sessions.get(accessKeyId)?.roleArn;
  }

  /** Finds the session of an access key; undefined for the operator's own. */
  sessionOf(accessKeyId: string): RoleSession | undefined {
    return this.sessions.get(accessKeyId);
  }
}

function accessKeyId(prefix: 'AKIA' | 'ASIA'): string {
  return `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`;
}
