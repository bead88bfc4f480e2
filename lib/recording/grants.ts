import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { arnText } from '../stream/arn-text';

/** Keys of the catalogues of private channels. */
export const PRIVATE_CATALOGUES = 'vod/*/catalogue.json';

/** Why a function may use all keys of a form, by the form. */
const REASONS = {
  'runs/*': 'The memory of the recorder has an object for every run, named after its time.',
  [PRIVATE_CATALOGUES]:
    'Every private channel has a catalogue in its own folder; the bucket holds nothing but recordings.',
  'vod/*': 'MediaPackage names the files of a recording, so a function lists them and cannot know them beforehand.',
  'conversion/*': 'MediaPackage names the files of a copy for MediaConvert, so a function cannot know them beforehand.',
  'vod/*/media/*': 'MediaLive names the segments of a recording after their time, so nobody knows them beforehand.',
} as const;

/** Returns the permissions on the memory of the recorder and on the catalogues. */
export function storeStatements(bucket: Bucket): readonly PolicyStatement[] {
  const texts = ['runs/*', 'vod/catalogue.json', PRIVATE_CATALOGUES].map((key) => bucket.arnForObjects(key));
  return [
    // Without it, S3 answers 403 for an object that is not there.
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: texts }),
  ];
}

/** Returns the findings of cdk-nag about keys of the bucket, with reasons. */
export function bucketWildcards(scope: Construct, bucket: Bucket, keys: readonly (keyof typeof REASONS)[]) {
  return keys.map((key) => ({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arnText(scope, bucket.bucketArn)}/${key}]`,
    reason: REASONS[key],
  }));
}
