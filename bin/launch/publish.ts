import { NEAREST_ORIGIN_SHIELD } from '../../lib/stream/regions';

/**
 * What to run to publish templates from a bucket, and the links that open the console with them.
 *
 * @param target - `s3://bucket/prefix`.
 * @param files - paths of the templates, relative to where the commands are run.
 * @throws Error for what is no such URL.
 */
export function publishing(target: string, files: readonly string[]): string {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/.exec(target) ?? [];
  if (bucket === undefined) throw new Error(`--publish ${target} was given; s3://BUCKET/PREFIX is needed.`);
  const keyOf = (file: string) => [prefix, file.replace(/^.*\//, '')].filter((part) => part !== '').join('/');
  const urlOf = (file: string) =>
    `https://${bucket}.s3.amazonaws.com/${keyOf(file).split('/').map(encodeURIComponent).join('/')}`;
  const copies = files.map(
    (file) => `  aws s3 cp ${file} s3://${bucket}/${keyOf(file)} --content-type application/json`,
  );
  const links = files.flatMap((file) => [
    `${file.replace(/^.*\//, '')}`,
    ...Object.keys(NEAREST_ORIGIN_SHIELD).map((region) => `  ${region.padEnd(14)} ${quickCreate(region, urlOf(file))}`),
  ]);
  return [
    'To publish them, run (whoever opens a link must be allowed to read the bucket):',
    ...copies,
    '',
    'Links that open the console with a template:',
    ...links,
  ].join('\n');
}

/**
 * A link that opens the console's page with a template; parameters are filled in by `&param_NAME=VALUE`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 */
function quickCreate(region: string, templateUrl: string): string {
  return `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/create/review?templateURL=${encodeURIComponent(templateUrl)}&stackName=live-streaming`;
}
