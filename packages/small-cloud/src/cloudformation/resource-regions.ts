import { TemplateError } from '../template/template-error';

/** Regions with all three MediaLive types of a channel. */
const MEDIA_LIVE = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-2',
];
/** Regions with channels and input security groups, and without inputs. */
const WITHOUT_INPUTS = ['eu-north-1', 'eu-west-2', 'eu-west-3', 'us-east-2'];
const MEDIA_PACKAGE = [
  ...MEDIA_LIVE,
  ...WITHOUT_INPUTS,
  'ap-northeast-3',
  'ap-southeast-4',
  'ca-central-1',
  'us-west-1',
];
const MEDIA_STORE = [...MEDIA_LIVE.filter((region) => region !== 'ap-southeast-1'), 'eu-north-1', 'eu-west-2'];

/** @see https://docs.aws.amazon.com/general/latest/gr/ivs.html */
const IVS_CHAT = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'eu-central-1',
  'eu-west-1',
  'us-east-1',
  'us-west-2',
];

/** @see https://docs.aws.amazon.com/general/latest/gr/mediatailor.html */
const MEDIA_TAILOR = [
  ...MEDIA_LIVE,
  ...WITHOUT_INPUTS,
  'af-south-1',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ca-central-1',
  'me-central-1',
];

/**
 * Regions that have a resource type, for the services with few Regions. Other types are assumed to exist in every
 * Region.
 *
 * Read on 2026-06-15 from the schemas that CloudFormation publishes for each Region.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resource-type-schemas.html
 */
const REGIONS_OF: readonly (readonly [types: RegExp, regions: readonly string[]])[] = [
  [/^AWS::MediaLive::Input$/, MEDIA_LIVE],
  [/^AWS::MediaLive::/, [...MEDIA_LIVE, ...WITHOUT_INPUTS]],
  [/^AWS::MediaPackage::/, MEDIA_PACKAGE],
  [/^AWS::MediaPackageV2::/, [...MEDIA_PACKAGE, 'ap-south-2', 'me-central-1']],
  [/^AWS::MediaStore::/, MEDIA_STORE],
  [/^AWS::IVSChat::/, IVS_CHAT],
  [/^AWS::MediaTailor::/, MEDIA_TAILOR],
];

/**
 * Refuses a template with resource types that CloudFormation lacks in a Region. A false condition does not help:
 * CloudFormation refuses the whole template.
 *
 * @throws TemplateError in CloudFormation's words.
 */
export function refuseMissingTypes(types: readonly string[], region: string): void {
  const missing = types.filter((type) => {
    const row = REGIONS_OF.find(([pattern]) => pattern.test(type));
    return row !== undefined && !row[1].includes(region);
  });
  if (missing.length === 0) return;
  const listed = [...new Set(missing)].sort().join(', ');
  throw new TemplateError([`Template format error: Unrecognized resource types: [${listed}]`]);
}
