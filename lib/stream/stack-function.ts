import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import type { Bundle } from './bundles';

/** For how long an event may wait for its function, tries after a failure included. Lambda's own limit is six hours. */
const EVENT_AGE = Duration.minutes(5);

/**
 * How long CloudFormation waits for a custom resource: until an event that began as late as it may has had the whole
 * time of its function, and a minute more. So nothing is done for a custom resource that was given up.
 *
 * @param timeout - of the function.
 */
export function serviceTimeout(timeout: Duration): Duration {
  return timeout.plus(EVENT_AGE).plus(Duration.minutes(1));
}

/** What a function of the stack is made of. */
export interface StackFunctionProps {
  readonly description: string;
  readonly bundle: Bundle;
  /** How long one invocation may take. */
  readonly timeout: Duration;
  /** Is told of every event that the function fails at, event and all. Left out where events hold a secret. */
  readonly failures?: ITopic;
  /** How often a failed event is tried again, 0 to 2. @default 2 */
  readonly retries?: number;
  /** What it may do beside writing its log and telling its failures. */
  readonly statements?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A Lambda function that looks after a part of the stack: its log group, its code, its role, and what becomes of events
 * that it fails at. What concerns one resource only is given by a policy beside that resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
 */
export class StackFunction extends Construct {
  readonly function: LambdaFunction;
  /** Before this, events would be tried for six hours: what sends events to the function depends on it. */
  readonly bounded: IDependable;

  constructor(scope: Construct, id: string, props: StackFunctionProps) {
    super(scope, id);
    const topicArn = props.failures?.topicArn;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        work: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [logGroup.logGroupArn],
            }),
            ...(props.statements ?? []),
            ...(topicArn === undefined
              ? []
              : [new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] })]),
          ],
        }),
      },
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code:
        props.bundle.inline === undefined ? Code.fromAsset(props.bundle.folder) : Code.fromInline(props.bundle.inline),
      memorySize: 256,
      timeout: props.timeout,
      role,
      logGroup,
      ...(props.environment === undefined ? {} : { environment: { ...props.environment } }),
    });
    this.bounded = new CfnEventInvokeConfig(this, 'Events', {
      functionName: this.function.functionName,
      qualifier: '$LATEST',
      maximumEventAgeInSeconds: EVENT_AGE.toSeconds(),
      maximumRetryAttempts: props.retries ?? 2,
      ...(topicArn === undefined ? {} : { destinationConfig: { onFailure: { destination: topicArn } } }),
    });
  }
}
