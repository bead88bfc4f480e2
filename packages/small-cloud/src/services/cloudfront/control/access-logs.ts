import type { Declared } from '../../kit/declared';

/**
 * Regions that an account must opt in to: those since 2019.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const OPT_IN_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

/**
 * Refuses access logs in a Region where CloudFront cannot write them. The bucket belongs to the stack, so the stack's
 * Region decides. In other Regions, logging is accepted without effect.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function refuseLoggingIn(region: string, config: Declared): void {
  const logging = config.maybePart('Logging')?.withoutEffect('IncludeCookies', 'Prefix');
  const bucket = logging?.maybeText('Bucket') ?? '';
  if (bucket === '' || !OPT_IN_REGIONS.includes(region)) return;
  throw new Error(
    `${config.path}.Logging: Access denied: You don't have permission to access the S3 bucket for CloudFront logs: ${bucket}. ${region} is a Region to opt in to; standard logging needs a bucket in another one.`,
  );
}
