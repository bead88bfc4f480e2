import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { mediaConvertRole } from '../stream/media-convert-role';
import { StackFunction } from '../stream/stack-function';
import { Events } from './events';
import { bucketWildcards, PRIVATE_CATALOGUES, storeStatements } from './grants';
import type { ConvertedKeys } from './harvest-grants';
import { recordedChannels } from './recorded';
import type { RecordingFunctionProps } from './recorder-function';

/** The function that hears how harvests and conversions ended, and lists what there is for viewers. */
export class CatalogueFunction extends Construct {
  readonly made: StackFunction;
  readonly events: Events;

  constructor(scope: Construct, id: string, props: RecordingFunctionProps) {
    super(scope, id);
    const { bundle, channels, bucket, harvests, notices, withAccess, after } = props;
    const convertRole = this.convertRole(bucket, harvests.converted);
    this.made = new StackFunction(this, 'Function', {
      description: 'Lists the recordings of channels, and has their pictures made',
      bundle,
      timeout: Duration.minutes(5),
      failures: notices,
      environment: {
        BUCKET: bucket.bucketName,
        CONVERT_ROLE_ARN: convertRole.roleArn,
        TOPIC_ARN: notices.topicArn,
        CHANNELS: Stack.of(this).toJsonString(recordedChannels(channels, withAccess)),
      },
      statements: [
        ...storeStatements(bucket),
        // It reads playlists and copies pictures, and writes the playlists that MediaConvert reads.
        new PolicyStatement({
          actions: ['s3:GetObject', 's3:PutObject'],
          resources: [bucket.arnForObjects('vod/*'), bucket.arnForObjects('conversion/*')],
        }),
        ...harvests.catalogue.statements,
        ...this.convertStatements(convertRole),
      ],
    });
    const { made } = this;
    Validations.of(made.role).acknowledge(
      ...bucketWildcards(this, bucket, ['runs/*', PRIVATE_CATALOGUES, 'vod/*', 'conversion/*']),
      ...harvests.catalogue.acknowledged,
      {
        id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:mediaconvert:<AWS::Region>:<AWS::AccountId>:jobs/*]',
        reason: 'MediaConvert names a job when it is made, so its name cannot be known beforehand.',
      },
    );
    this.events = new Events(this, 'Events', {
      made,
      purpose: 'Lets EventBridge Scheduler invoke the catalogue of the stack',
      after,
      heard: {
        ...(harvests.ended === undefined ? {} : { HarvestEnded: harvests.ended }),
        ConversionEnded: {
          source: ['aws.mediaconvert'],
          'detail-type': ['MediaConvert Job State Change'],
          detail: {
            status: ['COMPLETE', 'ERROR', 'CANCELED'],
            userMetadata: { channel: channels.map(({ channel }) => channel.name) },
          },
        },
      },
    });
  }

  /** Returns the role with which MediaConvert reads copies and writes files beside recordings. */
  private convertRole(bucket: Bucket, converted: ConvertedKeys): Role {
    const role = mediaConvertRole(this, 'ConvertRole', {
      description: 'Lets MediaConvert make pictures and MP4 files of recordings',
      bucket,
      reads: converted,
      writes: 'vod/*',
    });
    Validations.of(role).acknowledge(...bucketWildcards(this, bucket, ['vod/*', converted]));
    return role;
  }

  private convertStatements(convertRole: Role): readonly PolicyStatement[] {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'mediaconvert', resource, resourceName });
    return [
      new PolicyStatement({ actions: ['mediaconvert:CreateJob'], resources: [arn('queues', 'Default')] }),
      new PolicyStatement({ actions: ['mediaconvert:GetJob'], resources: [arn('jobs', '*')] }),
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [convertRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'mediaconvert.amazonaws.com' } },
      }),
    ];
  }
}
