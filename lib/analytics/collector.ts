import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { AllowedMethods, type BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Construct } from 'constructs';
import type { Bundle } from '../stream/bundles';
import { functionBehavior } from '../stream/edge/function-behavior';
import { StackFunction } from '../stream/stack-function';

/** Path of the reports at the edge. */
export const REPORT_PATH = '/beacon';
/** Seconds between two reports of a player that plays. */
export const REPORT_SECONDS = 30;

/** The properties of the collector. */
export interface CollectorProps {
  readonly bundle: Bundle;
  /** Names of the channels of the stack. Reports about others are refused. */
  readonly channels: readonly string[];
  readonly stream: CfnDeliveryStream;
}

/**
 * The collector of reports: a function at the same edge as the page. Only the edge can invoke it. Reports are GET requests,
 * because CloudFront asks the sender of a POST to a function URL for the hash of its body.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class Collector extends Construct {
  /** The behaviour of the edge, by its path pattern. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  /** Log group of the function, which holds the live numbers. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, { bundle, channels, stream }: CollectorProps) {
    super(scope, id);
    const made = new StackFunction(this, 'Collector', {
      description: 'Takes the reports of players about what viewers get',
      bundle,
      // A viewer’s browser waits for the answer.
      timeout: Duration.seconds(10),
      environment: {
        STACK_NAME: Aws.STACK_NAME,
        STREAM_NAME: stream.ref,
        CHANNELS: Stack.of(this).toJsonString(channels),
      },
      statements: [new PolicyStatement({ actions: ['firehose:PutRecord'], resources: [stream.attrArn] })],
    });
    this.logGroupName = made.lambda.logGroup.logGroupName;
    this.behaviors = {
      [REPORT_PATH]: functionBehavior(this, {
        made,
        name: 'collector',
        description: `Hands on reports of players of stack ${Aws.STACK_NAME}`,
        methods: AllowedMethods.ALLOW_GET_HEAD,
        // Neither the address nor the browser of a viewer.
        headers: [
          'CloudFront-Viewer-Country',
          'CloudFront-Is-Desktop-Viewer',
          'CloudFront-Is-Mobile-Viewer',
          'CloudFront-Is-SmartTV-Viewer',
          'CloudFront-Is-Tablet-Viewer',
          'DNT',
          'Sec-GPC',
        ],
        parameters: ['CMCD'],
      }),
    };
  }
}
