import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketWildcards } from './grants';
import type { HarvestGrants, Harvests } from './harvest-grants';
import { harvestOf, type RecordingChannel } from './recorded';

/** The service that writes what it harvests, by a role that it is given with each job. */
const PRINCIPAL = 'mediapackage.amazonaws.com';

/**
 * The way in which the media of MediaPackage v1 is copied: by a role that may write to the bucket of the recordings.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackage.html
 */
export class V1Harvests extends Construct implements Harvests {
  readonly recorder: HarvestGrants;
  readonly catalogue: HarvestGrants;
  readonly ended: Harvests['ended'];
  readonly converted = 'conversion/*';

  constructor(
    scope: Construct,
    id: string,
    { channels, bucket }: { readonly channels: readonly RecordingChannel[]; readonly bucket: Bucket },
  ) {
    super(scope, id);
    const role = this.role(bucket);
    const jobs = Stack.of(this).formatArn({ service: 'mediapackage', resource: 'harvest_jobs', resourceName: '*' });
    const describe = new PolicyStatement({ actions: ['mediapackage:DescribeHarvestJob'], resources: [jobs] });
    const described = {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:mediapackage:<AWS::Region>:<AWS::AccountId>:harvest_jobs/*]',
      reason: 'The ARN of a job is not known before it is created. Reading jobs changes nothing.',
    };
    const statements = [
      new PolicyStatement({
        actions: ['mediapackage:CreateHarvestJob', 'mediapackage:ListHarvestJobs'],
        resources: ['*'],
      }),
      describe,
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': PRINCIPAL } },
      }),
    ];
    const created = {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'mediapackage:CreateHarvestJob and ListHarvestJobs accept no resource. A job can write only what the role that it is given may write.',
    };
    this.recorder = {
      statements,
      acknowledged: [created, described],
      environment: { HARVEST_ROLE_ARN: role.roleArn },
    };
    this.catalogue = { statements: [describe], acknowledged: [described], environment: {} };
    const endpoints = channels.flatMap((one) => harvestOf(one).targets.map(({ endpoint }) => endpoint));
    this.ended = {
      source: ['aws.mediapackage'],
      'detail-type': ['MediaPackage HarvestJob Notification'],
      detail: { harvest_job: { origin_endpoint_id: [...new Set(endpoints)] } },
    };
  }

  private role(bucket: Bucket): Role {
    const role = new Role(this, 'Role', {
      description: 'Lets MediaPackage write recordings',
      assumedBy: new ServicePrincipal(PRINCIPAL),
      inlinePolicies: {
        write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket'],
              resources: [bucket.bucketArn],
            }),
            new PolicyStatement({
              actions: ['s3:PutObject'],
              resources: [bucket.arnForObjects('vod/*'), bucket.arnForObjects('conversion/*')],
            }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge(...bucketWildcards(this, bucket, ['vod/*', 'conversion/*']));
    return role;
  }
}
