import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import { DescriptionError } from '../channel/sentences';
import type { Bundle } from './bundles';
import { bytesOf } from './measured';

/** Longest time that an event may wait for its function, retries included. Lambda's default is six hours. */
const EVENT_AGE = Duration.minutes(5);

/**
 * Most bytes of the variables of a function, as JSON.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const ENVIRONMENT_BYTES = 4096;
/** Least bytes of a value that only the deployment knows, such as the name of a bucket. */
const TOKEN_BYTES = 20;

/**
 * Returns how long CloudFormation waits for a custom resource: until even an event that was delivered as late as possible
 * has had the whole time of its function, plus a minute. So no work is done for a custom resource that was given up.
 *
 * @param timeout - longest time of one invocation of the function.
 */
export function serviceTimeout(timeout: Duration): Duration {
  return timeout.plus(EVENT_AGE).plus(Duration.minutes(1));
}

/** The properties of a function of the stack. */
export interface StackFunctionProps {
  readonly description: string;
  readonly bundle: Bundle;
  /** Longest time of one invocation. */
  readonly timeout: Duration;
  /**
   * Topic that gets a record of every failed event, with the event itself. Left out where events hold a secret, as those
   * of custom resources do: their `ResponseURL` is signed.
   */
  readonly failures?: ITopic;
  /** Number of retries of a failed event, 0 to 2. @default 2 */
  readonly retries?: number;
  /** Permissions besides those for its log and its failures. */
  readonly statements?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Lambda gives a share of a processor by it. @default 256 */
  readonly memoryMegabytes?: number;
}

/**
 * A Lambda function that looks after a part of the stack, with its log group, its role, and the limits of its events. A
 * permission that concerns a single resource is a policy beside that resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
 */
export class StackFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: IRole;
  /** Resource that limits events. Whatever sends events depends on it, or they would be tried for six hours. */
  readonly bounded: IDependable;

  constructor(scope: Construct, id: string, props: StackFunctionProps) {
    super(scope, id);
    const {
      description,
      bundle,
      timeout,
      failures,
      retries = 2,
      statements = [],
      environment,
      memoryMegabytes = 256,
    } = props;
    refuseLongEnvironment(this, environment);
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const work = new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        ...statements,
      ],
    });
    if (failures !== undefined) {
      work.addStatements(new PolicyStatement({ actions: ['sns:Publish'], resources: [failures.topicArn] }));
    }
    this.role = new Role(this, 'Role', {
      description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { work },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: bundle.inline === undefined ? Code.fromAsset(bundle.folder) : Code.fromInline(bundle.inline),
      memorySize: memoryMegabytes,
      timeout,
      role: this.role,
      logGroup,
      environment: environment && { ...environment },
    });
    this.bounded = new CfnEventInvokeConfig(this, 'Events', {
      functionName: this.lambda.functionName,
      qualifier: '$LATEST',
      maximumEventAgeInSeconds: EVENT_AGE.toSeconds(),
      maximumRetryAttempts: retries,
      destinationConfig: failures && { onFailure: { destination: failures.topicArn } },
    });
  }
}

/** @throws DescriptionError for variables that Lambda would refuse in the middle of a deployment. */
function refuseLongEnvironment(scope: Construct, environment: StackFunctionProps['environment'] = {}): void {
  const json = Stack.of(scope).toJsonString(environment);
  const bytes = bytesOf(scope, json, TOKEN_BYTES);
  if (bytes <= ENVIRONMENT_BYTES) return;
  const [name = ''] = Object.entries(environment)
    .map(([key, value]) => [key, bytesOf(scope, value, TOKEN_BYTES)] as const)
    .sort(([, one], [, other]) => other - one)
    .map(([key]) => key);
  throw new DescriptionError([
    `${scope.node.path}: the variables of this function have ${bytes} bytes, most of them ${name}; Lambda takes at most ${ENVIRONMENT_BYTES}: give fewer channels, or fewer or shorter groups and words`,
  ]);
}
