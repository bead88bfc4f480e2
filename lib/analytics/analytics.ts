import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Analytics as Options } from '../channel/analytics';
import type { BucketContent } from '../stream/bucket-content';
import type { Bundles } from '../stream/bundles';
import { privateBucket } from '../stream/private-bucket';
import { Collector, REPORT_PATH, REPORT_SECONDS } from './collector';
import { Delivery, ERRORS_FOLDER } from './delivery';
import { Questions, RESULTS_FOLDER } from './questions';
import { EVENTS_FOLDER, Tables } from './tables';

/** Days for which results of queries are kept. They can be asked for again. */
const RESULT_DAYS = 7;

/** The properties of {@link Analytics}. */
export interface AnalyticsProps {
  readonly options: Options;
  readonly bundles: Pick<Bundles, 'collector'>;
  readonly channels: readonly string[];
  /** Empties the bucket of the reports before it is deleted. */
  readonly content: BucketContent;
  /** Bucket of the access logs. @default no access logs */
  readonly logs: Bucket | undefined;
  /** True where players report ads as well. */
  readonly ads: boolean;
}

/** Reports of the audience, as the player's page reads them in `config.json`. */
export interface AudienceConfig {
  /** Path on the player's own site that takes reports. */
  readonly report: string;
  readonly everySeconds: number;
  /** True where media requests may carry CMCD, because there are access logs to find it in. */
  readonly requests?: true;
}

/**
 * The audience reports through the edge: players → collector → lake → questions. Nothing of it runs, or costs, while nobody
 * watches.
 */
export class Analytics extends Construct {
  /** The behaviour of the edge that takes reports, by its path pattern. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  readonly page: AudienceConfig;
  /** Bucket that stays when the stack is deleted; undefined when it goes with the stack. */
  readonly retained: Bucket | undefined;
  /** Names and addresses for the Outputs. */
  readonly outputs: {
    readonly bucket: string;
    readonly database: string;
    readonly workGroup: string;
    readonly console: string;
    readonly logGroup: string;
  };

  constructor(scope: Construct, id: string, { options, bundles, channels, content, logs, ads }: AnalyticsProps) {
    super(scope, id);
    const retain = options.onDelete === 'retain';
    const bucket = this.bucket(options);
    const emptied = content.keep('Audience', { bucket, retained: retain });
    const tables = new Tables(this, 'Tables', { events: bucket, logs, keepDays: options.keepDays });
    const { stream } = new Delivery(this, 'Delivery', { bucket, tables });
    // Firehose and Athena are deleted before the bucket is emptied: they write into it.
    stream.node.addDependency(emptied);
    const requests = logs !== undefined;
    const { workGroup } = new Questions(this, 'Questions', { bucket, tables, requests, ads });
    workGroup.node.addDependency(emptied);
    const collector = new Collector(this, 'Collector', { bundle: bundles.collector, channels, stream });
    this.behaviors = collector.behaviors;
    const page = { report: REPORT_PATH, everySeconds: REPORT_SECONDS };
    this.page = logs === undefined ? page : { ...page, requests: true };
    this.retained = retain ? bucket : undefined;
    this.outputs = {
      bucket: bucket.bucketName,
      database: tables.database,
      workGroup: workGroup.name,
      console: `https://${Aws.REGION}.console.aws.amazon.com/athena/home?region=${Aws.REGION}#/query-editor`,
      logGroup: collector.logGroupName,
    };
  }

  private bucket({ keepDays, onDelete }: Options): Bucket {
    const kept = (folder: string, days: number) => ({ prefix: `${folder}/`, expiration: Duration.days(days) });
    return privateBucket(this, 'Bucket', {
      removalPolicy: onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        kept(EVENTS_FOLDER, keepDays),
        kept(ERRORS_FOLDER, keepDays),
        kept(RESULTS_FOLDER, RESULT_DAYS),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }
}
