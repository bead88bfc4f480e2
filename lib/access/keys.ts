import { Aws, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Bundle } from '../stream/bundles';
import { schedulerRole } from '../stream/scheduler-role';
import { StackFunction, serviceTimeout } from '../stream/stack-function';
import { storeStatement } from './store-statement';

/** The properties of the keys. */
export interface KeysProps {
  readonly bundle: Bundle;
  /** Names of the private channels. */
  readonly channels: readonly string[];
  readonly sessionHours: number;
  readonly table: ITable;
  readonly keySecret: ISecret;
  readonly linkSecret: ISecret | undefined;
  readonly storeArn: string;
}

const TIMEOUT = Duration.minutes(2);

/**
 * The keys of viewers' tokens: a function that makes and rotates them, hands them to the edge, and ends sessions for the
 * operator. Keys are in Secrets Manager and in the store of the edge, and nowhere else.
 */
export class Keys extends Construct {
  readonly functionName: string;
  /** Resource that exists when the edge has its keys. */
  readonly provided: CustomResource;

  constructor(scope: Construct, id: string, props: KeysProps) {
    super(scope, id);
    const { bundle, channels, sessionHours, table, keySecret, linkSecret, storeArn } = props;
    const environment: Record<string, string> = {
      TABLE: table.tableName,
      SECRET_ARN: keySecret.secretArn,
      STORE_ARN: storeArn,
      CHANNELS: Stack.of(this).toJsonString(channels),
      SESSION_HOURS: String(sessionHours),
    };
    const readable = [keySecret.secretArn];
    if (linkSecret !== undefined) {
      environment['LINK_SECRET_ARN'] = linkSecret.secretArn;
      readable.push(linkSecret.secretArn);
    }
    const made = new StackFunction(this, 'Keys', {
      description: 'Makes and rotates the keys of viewers, and ends sessions for the operator',
      bundle,
      timeout: TIMEOUT,
      environment,
      statements: [
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan'],
          resources: [table.tableArn],
        }),
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: readable }),
        new PolicyStatement({ actions: ['secretsmanager:PutSecretValue'], resources: [keySecret.secretArn] }),
        storeStatement(storeArn, 'ListKeys'),
      ],
    });
    this.functionName = made.lambda.functionName;
    this.provided = new CustomResource(this, 'Provided', {
      resourceType: 'Custom::ViewerKeys',
      serviceToken: made.lambda.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: { Store: storeArn },
    });
    this.provided.node.addDependency(made.bounded);
    this.schedule(made, { RotateEveryWeek: ['rate(7 days)', 'rotate'], SweepEveryDay: ['rate(1 day)', 'sweep'] });
  }

  private schedule(made: StackFunction, tasks: Readonly<Record<string, readonly [expression: string, task: string]>>) {
    const scheduler = schedulerRole(this, 'SchedulerRole', {
      description: `Lets EventBridge Scheduler rotate the keys of viewers of stack ${Aws.STACK_NAME}`,
      functionArn: made.lambda.functionArn,
    });
    for (const [id, [scheduleExpression, task]] of Object.entries(tasks)) {
      const schedule = new CfnSchedule(this, id, {
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression,
        target: {
          arn: made.lambda.functionArn,
          roleArn: scheduler.roleArn,
          input: JSON.stringify({ task }),
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 5 },
        },
      });
      schedule.node.addDependency(this.provided);
    }
  }
}
