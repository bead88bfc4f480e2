import type { LiveStreamInput } from '../../../lib/channel/live-stream';

/** The expected sign-in of a stack whose channels are private. A new kind needs a row. */
export interface ExpectedAccess {
  readonly described: NonNullable<LiveStreamInput['access']>;
  /** Types of Cognito in the template. */
  readonly cognito: readonly string[];
  /** Secrets in the template, as logical ids without their hash. */
  readonly secrets: readonly string[];
}

/** The ways in which viewers are let in, by the option `signIn`. */
export const ACCESS: Readonly<Record<string, ExpectedAccess>> = {
  cognito: {
    described: { signIn: 'cognito', countries: ['DE'] },
    cognito: ['ManagedLoginBranding', 'UserPool', 'UserPoolClient', 'UserPoolDomain'],
    secrets: ['AccessKeySecret', 'AccessLinkSecret'],
  },
  none: { described: { signIn: 'none' }, cognito: [], secrets: ['AccessKeySecret', 'AccessLinkSecret'] },
  issuer: {
    described: { signIn: { issuer: 'https://id.example.com', clientId: 'player' }, links: false },
    cognito: [],
    secrets: ['AccessKeySecret'],
  },
};
