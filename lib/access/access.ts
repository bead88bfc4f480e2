import { Aws, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Access as AccessOptions } from '../channel/access';
import type { Bundles } from '../stream/bundles';
import type { EdgeGate } from '../stream/edge/gate';
import { expiringTable } from '../stream/expiring-table';
import { Gate } from './gate';
import { Keys } from './keys';
import { type AccessChannel, groupNames, privateChannels } from './private-channel';
import { Sessions } from './sessions';
import { type SignInEndpoints, UserPool } from './sign-in';

/** The properties of viewer access. */
export interface AccessProps {
  readonly options: AccessOptions;
  readonly bundles: Pick<Bundles, 'gate' | 'viewerKeys' | 'viewerSessions'>;
  readonly channels: readonly AccessChannel[];
  /** Beginnings of paths besides those of the channels that everybody may read. @default none */
  readonly open?: readonly string[];
  readonly notices: ITopic;
}

/** Viewer access, as the player's page reads it in `config.json`. */
export interface AccessConfig {
  readonly signIn?: SignInEndpoints | { readonly issuer: string; readonly clientId: string; readonly scope: string };
}

/**
 * Viewer access: a gate at the edge that checks tokens, sessions that hand them out, their keys, and the sign-in.
 *
 * It is made in two steps, because the edge needs the gate, and the sign-in needs the edge.
 */
export class Access extends Construct {
  /** The check of viewers, for the edge. */
  readonly gate: EdgeGate;
  /** Name of the function that an operator ends sessions with. */
  readonly keysFunction: string;
  readonly linkSecretArn: string | undefined;
  readonly userPoolId: string | undefined;
  /** Means for a function of the stack to watch private channels: it makes tokens of its own. */
  readonly viewing: { readonly environment: Record<string, string>; readonly statements: readonly PolicyStatement[] };
  /** Means for a function of the stack to recognise viewers by the tokens of their sessions. */
  readonly viewers: Access['viewing'];
  private readonly userPool: UserPool | undefined;
  private readonly options: AccessOptions;

  constructor(scope: Construct, id: string, { options, bundles, channels, open = [], notices }: AccessProps) {
    super(scope, id);
    this.options = options;
    const { countries, sessionHours } = options;
    const gate = new Gate(this, 'Gate', { code: bundles.gate.inline ?? '', channels, open, countries });
    const kept = {
      table: expiringTable(
        this,
        'Table',
        'The table holds sessions, which last for hours. Restored ones would be over.',
      ),
      keySecret: this.keySecret(),
      linkSecret: this.linkSecret(),
    };
    const { secretArn } = kept.keySecret;
    this.viewing = {
      environment: { VIEWER_SECRET_ARN: secretArn },
      statements: [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] })],
    };
    const { tableName, tableArn } = kept.table;
    this.viewers = {
      environment: { ...this.viewing.environment, VIEWER_TABLE: tableName },
      statements: [
        ...this.viewing.statements,
        new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [tableArn] }),
      ],
    };
    this.linkSecretArn = kept.linkSecret?.secretArn;
    this.userPool = options.signIn === 'cognito' ? new UserPool(this, 'Viewers', groupNames(channels)) : undefined;
    this.userPoolId = this.userPool?.pool.ref;
    const { storeArn } = gate;
    const keys = new Keys(this, 'Keys', {
      ...kept,
      bundle: bundles.viewerKeys,
      channels: privateChannels(channels).map(({ channel }) => channel.name),
      sessionHours,
      storeArn,
    });
    this.keysFunction = keys.functionName;
    const sessions = new Sessions(this, 'Sessions', {
      ...kept,
      bundle: bundles.viewerSessions,
      options,
      channels,
      storeArn,
      notices,
      signIn: this.signInSetting(),
    });
    this.gate = {
      viewerRequest: gate.viewerRequest,
      tokenPattern: '/s/*',
      headers: countries === undefined ? [] : ['CloudFront-Viewer-Country'],
      api: sessions.api,
    };
  }

  /** Lets the player's page sign viewers in, and returns what the page needs to know. */
  admitPage(distribution: Distribution, domain: string | undefined): AccessConfig {
    const { signIn, tokenMinutes, sessionHours } = this.options;
    if (signIn === 'none') return {};
    if (signIn !== 'cognito') {
      const { issuer, clientId } = signIn;
      return { signIn: { issuer, clientId, scope: 'openid email' } };
    }
    if (this.userPool === undefined) throw new Error('there is no user pool');
    const hosts = [distribution.distributionDomainName, ...(domain === undefined ? [] : [domain])];
    return {
      signIn: this.userPool.admitPage({ pages: hosts.map((host) => `https://${host}/`), tokenMinutes, sessionHours }),
    };
  }

  /** Returns the setting of the sign-in for the function, `SignInSetting` of `lambda/viewer-sessions`. */
  private signInSetting(): object | undefined {
    const { signIn } = this.options;
    if (signIn === 'none') return undefined;
    if (signIn === 'cognito') return { kind: 'cognito', userPoolId: this.userPoolId };
    return { kind: 'issuer', ...signIn };
  }

  private keySecret(): Secret {
    const secret = new Secret(this, 'KeySecret', {
      description: `Keys of the viewers' tokens of stack ${Aws.STACK_NAME}`,
      // The function of the keys writes them in. The random word is never used.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused', excludePunctuation: true },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'The function of the keys rotates them every week, at the edge and here, which a rotation of Secrets Manager cannot.',
    });
    return secret;
  }

  private linkSecret(): Secret | undefined {
    if (!this.options.links) return undefined;
    const secret = new Secret(this, 'LinkSecret', {
      description: `Key of links to the channels of stack ${Aws.STACK_NAME}`,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason: 'The backend of a platform signs with the same key: whoever changes it here changes it there.',
    });
    return secret;
  }
}
