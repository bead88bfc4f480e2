/** A template to be published. */
export interface PublishedFile {
  /** Path relative to the working directory of the commands. */
  readonly path: string;
  /** Regions where it can be launched. */
  readonly regions: readonly string[];
}

/**
 * Writes the commands that publish templates from a bucket, and the links that open the console with them.
 *
 * @param target - `s3://bucket/prefix`.
 * @param region - the Region of the bucket.
 * @throws Error for an invalid URL or Region.
 */
export function publishing(target: string, region: string | undefined, files: readonly PublishedFile[]): string {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/.exec(target) ?? [];
  if (bucket === undefined) throw new Error(`--publish ${target} was given; s3://BUCKET/PREFIX is needed.`);
  if (region === undefined || !/^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(region)) {
    const given = region === undefined ? '--region is missing' : `--region ${region} was given`;
    throw new Error(`${given}; the Region of the bucket, such as eu-central-1, is needed for the links.`);
  }
  const keyOf = (path: string) => [prefix, nameOf(path)].filter((part) => part !== '').join('/');
  const urlOf = (path: string) =>
    `${bucketUrl(bucket, region)}/${keyOf(path).split('/').map(encodeURIComponent).join('/')}`;
  const copies = files.map(
    ({ path }) =>
      `  aws s3 cp ${path} s3://${bucket}/${keyOf(path)} --region ${region} --content-type application/json`,
  );
  const links = files.flatMap(({ path, regions }) => [
    nameOf(path),
    ...regions.map((launch) => `  ${launch.padEnd(14)} ${quickCreate(launch, urlOf(path))}`),
  ]);
  return [
    'To publish them, run these commands (everyone who opens a link must be allowed to read the bucket):',
    ...copies,
    '',
    'Links that open the console with a template:',
    ...links,
  ].join('\n');
}

function nameOf(path: string): string {
  return path.replace(/^.*\//, '');
}

/**
 * Makes the address of a bucket in its Region, which the console's links require. A bucket with dots in its name goes
 * into the path, because S3's certificate does not cover it as a host name.
 */
function bucketUrl(bucket: string, region: string): string {
  return bucket.includes('.')
    ? `https://s3.${region}.amazonaws.com/${bucket}`
    : `https://${bucket}.s3.${region}.amazonaws.com`;
}

/**
 * Makes a link that opens the console with a template. `&param_NAME=VALUE` fills in a parameter.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 */
function quickCreate(region: string, templateUrl: string): string {
  return `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/create/review?templateURL=${encodeURIComponent(templateUrl)}&stackName=live-streaming`;
}
