import type { SigningKey } from '../tokens/signing-key';
import type { PasswordPolicy } from './password-policy';

/** The feature plan of a user pool. LITE has no managed login. */
export type Tier = 'LITE' | 'ESSENTIALS' | 'PLUS';

/** The declared properties of a user pool, as far as something depends on them. */
export interface UserPoolSettings {
  readonly name: string | undefined;
  /** True where viewers sign in with their e-mail address. Their user name is then an id that Cognito makes. */
  readonly usernameIsEmail: boolean;
  /** True where a difference in case makes another user name. */
  readonly isCaseSensitive: boolean;
  readonly passwordPolicy: PasswordPolicy;
  readonly isDeletionProtected: boolean;
  readonly tier: Tier;
  /** True where only the operator creates users; the sign-in page of AWS has no "Sign up" then. */
  readonly isClosed: boolean;
}

/** A user of a pool. Times in milliseconds since 1970. */
export interface PoolUser {
  readonly sub: string;
  readonly username: string;
  /** By name: `email`, `email_verified`. `sub` is not among them. */
  readonly attributes: Map<string, string>;
  /** Names of groups. */
  readonly groups: Set<string>;
  readonly createdAt: number;
  modifiedAt: number;
  password: Password;
}

/** A password of a user. */
export interface Password {
  readonly text: string;
  /** False for one that its user replaces at the first sign-in. */
  readonly isPermanent: boolean;
  /** Time after which a temporary one is refused, in milliseconds since 1970. */
  readonly validUntil: number;
  /** True for the password that the local run gave and shows on its sign-in page. */
  readonly isSeeded: boolean;
}

/** A group of a pool. */
export interface PoolGroup {
  readonly name: string;
  readonly createdAt: number;
  description: string | undefined;
  precedence: number | undefined;
  modifiedAt: number;
}

/** An app client of a pool, without a secret. */
export interface PoolClient {
  readonly id: string;
  settings: ClientSettings;
}

/** The declared properties of an app client. */
export interface ClientSettings {
  readonly name: string | undefined;
  /** True where the pages of the pool's domain may be used. */
  readonly usesPages: boolean;
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** True where users of the pool itself may sign in. */
  readonly hasOwnUsers: boolean;
  /** True where a failed sign-in does not say if the user exists. */
  readonly hidesUsers: boolean;
  readonly canRevoke: boolean;
  readonly accessSeconds: number;
  readonly idSeconds: number;
  readonly refreshSeconds: number;
  /** Seconds for which a replaced refresh token stays valid; undefined where refresh tokens are not replaced. */
  readonly rotationGraceSeconds: number | undefined;
}

/** A domain of a pool, below `amazoncognito.com`. */
export interface PoolDomain {
  readonly prefix: string;
  /** `<prefix>.auth.<region>.amazoncognito.com`. */
  readonly host: string;
  /** 1 for the classic pages, 2 for managed login. */
  version: 1 | 2;
}

/** A user pool of the account. */
export interface UserPool {
  readonly id: string;
  readonly arn: string;
  /** Issuer of its tokens: `https://cognito-idp.<region>.amazonaws.com/<id>`. */
  readonly issuer: string;
  settings: UserPoolSettings;
  /** Keys of ID tokens and of access tokens. */
  readonly keys: { readonly id: SigningKey; readonly access: SigningKey };
  /** By user name. */
  readonly users: Map<string, PoolUser>;
  readonly groups: Map<string, PoolGroup>;
  /** By client id. */
  readonly clients: Map<string, PoolClient>;
  /** Ids of the branding styles of managed login, by client id. */
  readonly brandings: Map<string, string>;
  domain: PoolDomain | undefined;
}
