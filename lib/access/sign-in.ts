import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  CfnUserPool,
  CfnUserPoolClient,
  CfnUserPoolDomain,
  CfnUserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { pascalCase, stackUniqueName } from '../stream/names';

/** The endpoints of a sign-in, as the player's page reads them. */
export interface SignInEndpoints {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly logoutUrl: string;
  readonly clientId: string;
  readonly scope: string;
}

/** The properties of {@link UserPool.admitPage}. */
export interface SignInPage {
  /** Addresses of the player: `https://d111.cloudfront.net/`. */
  readonly pages: readonly string[];
  /** Lifetime of an access token. A group that was taken away ends with it. */
  readonly tokenMinutes: number;
  readonly sessionHours: number;
}

const SCOPE = 'openid email';
/** Longest lifetime of an access token, in minutes. */
const MOST_MINUTES = 15;

/**
 * A Cognito user pool whose viewers sign in on Cognito's own page. Only an operator adds viewers.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html
 */
export class UserPool extends Construct {
  readonly pool: CfnUserPool;

  constructor(scope: Construct, id: string, groups: readonly string[]) {
    super(scope, id);
    this.pool = new CfnUserPool(this, 'Pool', {
      // A pool's name need not be unique. It has 128 characters at most, as a stack's.
      userPoolName: Aws.STACK_NAME,
      userPoolTier: 'ESSENTIALS',
      usernameAttributes: ['email'],
      autoVerifiedAttributes: ['email'],
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
      policies: {
        passwordPolicy: {
          minimumLength: 8,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          temporaryPasswordValidityDays: 7,
        },
      },
    });
    this.pool.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(this.pool).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-COG2',
        reason: 'Viewers watch a stream. A second factor on a television would keep more of them away than intruders.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-COG8',
        reason:
          'The Plus tier is charged by the viewer and month. Shared accounts are found by the sessions themselves.',
      },
    );
    for (const name of groups) {
      new CfnUserPoolGroup(this, `Group${pascalCase(name)}`, {
        userPoolId: this.pool.ref,
        groupName: name,
        description: `Viewers who may watch the channels of the group ${name}`,
      });
    }
  }

  /**
   * Lets the player's page sign viewers in. Managed login without a branding answers 403, so there is one.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-managedloginbranding.html
   */
  admitPage({ pages, tokenMinutes, sessionHours }: SignInPage): SignInEndpoints {
    const client = new CfnUserPoolClient(this, 'Player', {
      userPoolId: this.pool.ref,
      clientName: 'player',
      generateSecret: false,
      allowedOAuthFlows: ['code'],
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthScopes: SCOPE.split(' '),
      callbackUrLs: [...pages],
      logoutUrLs: [...pages],
      supportedIdentityProviders: ['COGNITO'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      accessTokenValidity: Math.min(MOST_MINUTES, tokenMinutes),
      idTokenValidity: Math.min(MOST_MINUTES, tokenMinutes),
      refreshTokenValidity: sessionHours,
      tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'hours' },
    });
    const domain = new CfnUserPoolDomain(this, 'Domain', {
      userPoolId: this.pool.ref,
      domain: stackUniqueName('viewers'),
      managedLoginVersion: 2,
    });
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.pool.ref,
      clientId: client.ref,
      useCognitoProvidedValues: true,
    });
    const host = `https://${domain.ref}.auth.${Aws.REGION}.amazoncognito.com`;
    return {
      authorizeUrl: `${host}/oauth2/authorize`,
      tokenUrl: `${host}/oauth2/token`,
      logoutUrl: `${host}/logout`,
      clientId: client.ref,
      scope: SCOPE,
    };
  }
}
