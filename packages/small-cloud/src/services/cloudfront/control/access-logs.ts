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

/** Where a distribution writes its access logs. */
export interface AccessLogging {
  /** Name of a bucket. */
  readonly bucket: string;
  /** Beginning of the keys of the logs, with a slash at its end; empty for none. */
  readonly prefix: string;
  readonly includesCookies: boolean;
}

/**
 * Reads where access logs go; undefined when there are none. Refuses access logs in a Region where CloudFront cannot write them. The bucket belongs to the stack, so the stack's
 * Region decides.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function refuseLoggingIn(region: string, config: Declared): AccessLogging | undefined {
  const logging = config.maybePart('Logging');
  const [domain, prefix] = [logging?.maybeText('Bucket') ?? '', logging?.maybeText('Prefix') ?? ''];
  const includesCookies = logging?.flag('IncludeCookies') ?? false;
  if (domain === '') return undefined;
  if (!OPT_IN_REGIONS.includes(region)) {
    const bucket = domain.replace(/\.s3[.-].*$/, '');
    return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`, includesCookies };
  }
  throw new Error(
    `${config.path}.Logging: Access denied: You don't have permission to access the S3 bucket for CloudFront logs: ${domain}. ${region} is a Region to opt in to; standard logging needs a bucket in another one.`,
  );
}
