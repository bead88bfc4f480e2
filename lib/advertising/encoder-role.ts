import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { arnText } from '../stream/arn-text';
import { mediaConvertRole } from '../stream/media-convert-role';
import { CLIPS_FOLDER, SOURCES_FOLDER } from './paths';

/** Makes the role with which MediaConvert prepares the clips of ads. */
export function encoderRole(scope: Construct, bucket: Bucket): Role {
  const reads = `${SOURCES_FOLDER}/*`;
  const writes = `${CLIPS_FOLDER}/*`;
  const description = 'Lets MediaConvert prepare the clips of ads';
  const role = mediaConvertRole(scope, 'EncoderRole', { description, bucket, reads, writes });
  const wildcard = (keys: string, reason: string) => ({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arnText(scope, bucket.bucketArn)}/${keys}]`,
    reason,
  });
  Validations.of(role).acknowledge(
    wildcard(reads, 'An operator uploads a file under a name of its own, which nobody knows beforehand.'),
    wildcard(writes, 'MediaConvert names the files of a clip, so nobody knows them beforehand.'),
  );
  return role;
}
