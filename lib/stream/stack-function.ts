import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Bundle } from './bundles';

/** What a function of the stack is made of. */
export interface StackFunctionProps {
  readonly description: string;
  readonly bundle: Bundle;
  /** How long one invocation may take. */
  readonly timeout: Duration;
  /** What it may do beside writing its log. */
  readonly statements?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A Lambda function that looks after a part of the stack: its log group, its code, and its role. What concerns one
 * resource only is given by a policy beside that resource.
 */
export class StackFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: StackFunctionProps) {
    super(scope, id);
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
  }
}
