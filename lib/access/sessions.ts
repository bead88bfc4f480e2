import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { AllowedMethods, type BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Access } from '../channel/access';
import { groupsOf } from '../channel/channel-access';
import type { Bundle } from '../stream/bundles';
import { functionBehavior } from '../stream/edge/function-behavior';
import { StackFunction } from '../stream/stack-function';
import { type AccessChannel, privateChannels } from './private-channel';
import { storeStatement } from './store-statement';

/** The properties of the sessions. */
export interface SessionsProps {
  readonly bundle: Bundle;
  readonly options: Access;
  readonly channels: readonly AccessChannel[];
  readonly table: ITable;
  readonly keySecret: ISecret;
  readonly linkSecret: ISecret | undefined;
  readonly storeArn: string;
  readonly notices: ITopic;
  /** The setting of the sign-in in the function; undefined without one. */
  readonly signIn: object | undefined;
}

/** Path of the API at the edge. */
const PATTERN = '/api/*';

/**
 * The sessions of viewers: a function that players ask for a token, at the same edge as the media. Only the edge can invoke
 * it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class Sessions extends Construct {
  /** The behaviour of the edge, by its path pattern. */
  readonly api: Readonly<Record<string, BehaviorOptions>>;

  constructor(scope: Construct, id: string, props: SessionsProps) {
    super(scope, id);
    const { bundle, table, keySecret, linkSecret, storeArn, notices } = props;
    const environment: Record<string, string> = {
      TABLE: table.tableName,
      SECRET_ARN: keySecret.secretArn,
      STORE_ARN: storeArn,
      TOPIC_ARN: notices.topicArn,
      RULES: Stack.of(this).toJsonString(rules(props)),
    };
    if (linkSecret !== undefined) environment['LINK_SECRET_ARN'] = linkSecret.secretArn;
    const secrets = [keySecret, linkSecret].flatMap((secret) => secret?.secretArn ?? []);
    const made = new StackFunction(this, 'Sessions', {
      description: 'Hands out, renews and ends the sessions of viewers',
      bundle,
      timeout: Duration.seconds(15),
      environment,
      statements: [
        new PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn] }),
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }),
        new PolicyStatement({ actions: ['sns:Publish'], resources: [notices.topicArn] }),
        storeStatement(storeArn),
      ],
    });
    this.api = {
      [PATTERN]: functionBehavior(this, {
        made,
        name: 'sessions',
        description: `Asks for sessions of stack ${Aws.STACK_NAME}`,
        methods: AllowedMethods.ALLOW_ALL,
        headers: [
          'x-viewer-token',
          'x-viewer-link',
          'x-viewer-session',
          'User-Agent',
          'CloudFront-Viewer-Country',
          'CloudFront-Viewer-Address',
        ],
        parameters: ['channel', 'takeover', 'native'],
      }),
    };
  }
}

/** Returns the rules of the function, `AccessRules` of `lambda/viewer-sessions`. */
function rules({ options, channels, signIn }: SessionsProps): object {
  const { tokenMinutes, sessionHours, maxSessions, whenFull, countries } = options;
  const own = privateChannels(channels).map(({ channel }) => [channel.name, { groups: groupsOf(channel.access) }]);
  return {
    channels: Object.fromEntries(own),
    tokenMinutes,
    sessionHours,
    maxSessions,
    whenFull,
    countries,
    signIn,
  };
}
