import { randomBytes } from 'node:crypto';

/** Temporary keys of a role, as the AWS SDKs read them from the environment. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Which role stands behind an access key. Keys that were not issued here are the operator's own. */
export class Credentials {
  private readonly byRole = new Map<string, TemporaryCredentials>();
  private readonly roles = new Map<string, string>();

  /** The keys of a role; the same ones each time. */
  issue(roleArn: string): TemporaryCredentials {
    const known = this.byRole.get(roleArn);
    if (known !== undefined) return known;
    const issued = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.byRole.set(roleArn, issued);
    this.roles.set(issued.accessKeyId, roleArn);
    return issued;
  }

  /** The role whose key it is; undefined for the operator's own. */
  roleOf(accessKeyId: string): string | undefined {
    return this.roles.get(accessKeyId);
  }
}
