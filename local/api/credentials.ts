import { randomBytes } from 'node:crypto';

/** Temporary keys of a role, as the AWS SDKs read them from the environment. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Whose keys they are. */
export interface RoleSession {
  readonly roleArn: string;
  /** `AWSCLI-Session`; the name that whoever assumed the role gave. */
  readonly sessionName: string;
}

/** Which role stands behind an access key. Keys that were not issued here are the operator's own. */
export class Credentials {
  private readonly byRole = new Map<string, TemporaryCredentials>();
  private readonly sessions = new Map<string, RoleSession>();

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
    const issued = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.sessions.set(issued.accessKeyId, { roleArn, sessionName });
    return issued;
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
