import { Aws } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pascalCase, stackUniqueName } from '../stream/names';
import { LAST_WEEK, savedQueries } from './queries';
import type { Tables } from './tables';

/** Folder of the results in the bucket of the reports. */
export const RESULTS_FOLDER = 'results';
/** Bytes that one query may read: at 5 USD a TB, 0.05 USD. */
const MOST_BYTES = 10_000_000_000;

/** The properties of the questions. */
export interface QuestionsProps {
  readonly bucket: IBucket;
  readonly tables: Tables;
  /** True where there is a table of requests. */
  readonly requests: boolean;
  /** True where there are ads. */
  readonly ads: boolean;
}

/**
 * The place to ask: an Athena work group that stops a query which would read too much, and the saved queries.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-manage-queries-control-costs.html
 */
export class Questions extends Construct {
  readonly workGroup: CfnWorkGroup;

  constructor(scope: Construct, id: string, { bucket, tables, requests, ads }: QuestionsProps) {
    super(scope, id);
    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: stackUniqueName('audience'),
      description: `Questions about the audience of stack ${Aws.STACK_NAME}`,
      // A work group with saved queries or past queries is deleted only so.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        bytesScannedCutoffPerQuery: MOST_BYTES,
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${RESULTS_FOLDER}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const { name, title, sql, reads, about } of savedQueries()) {
      if ((reads.includes('requests') && !requests) || (about === 'ads' && !ads)) continue;
      const saved = new CfnNamedQuery(this, pascalCase(name), {
        name,
        description: title,
        database: tables.database,
        queryString: sql(LAST_WEEK),
        workGroup: this.workGroup.name,
      });
      saved.addDependency(this.workGroup);
    }
  }
}
