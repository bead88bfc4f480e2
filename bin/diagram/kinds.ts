/** The lanes of the diagram, in the order of the stream. */
export const LANES = {
  ingest: 'Ingest',
  transcode: 'Transcode',
  package: 'Package',
  deliver: 'Deliver',
  watch: 'Watch',
  operate: 'Operate',
} as const;
export type Lane = keyof typeof LANES;

/** How one type of resource is drawn. */
export interface Kind {
  readonly lane: Lane;
  /** Name of the service and of the thing. */
  readonly title: string;
  /** True when all resources of the type are one box with a number. @default false */
  readonly together?: true;
  /** Beginning of the logical ids that are drawn; the others belong to boxes. @default every resource of the type */
  readonly only?: string;
}

/**
 * The types of resources that have a box of their own. Roles, policies, permissions and settings belong to the boxes
 * that they serve: lines lead through them.
 */
export const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::MediaLive::Input': { lane: 'ingest', title: 'MediaLive input' },
  'AWS::MediaConnect::Flow': { lane: 'ingest', title: 'MediaConnect flow' },
  'AWS::MediaLive::Channel': { lane: 'transcode', title: 'MediaLive channel' },
  'AWS::MediaPackageV2::Channel': { lane: 'package', title: 'MediaPackage channel' },
  'AWS::MediaPackageV2::OriginEndpoint': { lane: 'package', title: 'Origin endpoint' },
  'AWS::MediaPackage::Channel': { lane: 'package', title: 'MediaPackage v1 channel' },
  'AWS::MediaPackage::OriginEndpoint': { lane: 'package', title: 'Origin endpoint' },
  'AWS::MediaStore::Container': { lane: 'package', title: 'MediaStore container' },
  'AWS::S3::Bucket': { lane: 'deliver', title: 'S3 bucket' },
  'AWS::CloudFront::Distribution': { lane: 'deliver', title: 'CloudFront distribution' },
  'AWS::CloudFront::Function': { lane: 'watch', title: 'CloudFront function' },
  'AWS::CloudFront::KeyValueStore': { lane: 'watch', title: 'Key value store' },
  'AWS::Cognito::UserPool': { lane: 'watch', title: 'Cognito user pool' },
  'AWS::DynamoDB::Table': { lane: 'watch', title: 'DynamoDB table' },
  'AWS::Lambda::Function': { lane: 'operate', title: 'Lambda function' },
  'AWS::Scheduler::Schedule': { lane: 'operate', title: 'Schedules', together: true },
  'AWS::Events::Rule': { lane: 'operate', title: 'EventBridge rules', together: true },
  'AWS::CloudWatch::Alarm': { lane: 'operate', title: 'CloudWatch alarms', together: true },
  'AWS::CloudWatch::Dashboard': { lane: 'operate', title: 'CloudWatch dashboard' },
  'AWS::Logs::LogGroup': { lane: 'operate', title: 'Log group', only: 'OperationsHistory' },
  'AWS::SNS::Topic': { lane: 'operate', title: 'SNS topic' },
};

/** Lanes of buckets that are not about delivery, by the beginning of their logical ids. */
export const BUCKET_LANES: readonly (readonly [beginning: string, lane: Lane])[] = [
  ['TestClip', 'ingest'],
  ['Origin', 'package'],
  ['Logs', 'operate'],
];

/** One kind of line: who is drawn before whom, and what it means. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  /** Media flows along the stream; control acts on it. */
  readonly kind: 'media' | 'control';
  /** Type of the resource that must connect the two; left out, a reference or any policy does. */
  readonly through?: string;
}

/** Short names of types, for the table of lines. */
const MEDIALIVE_INPUT = 'AWS::MediaLive::Input';
const ENCODER = 'AWS::MediaLive::Channel';
const BUCKET = 'AWS::S3::Bucket';
const EDGE = 'AWS::CloudFront::Distribution';
const FUNCTION = 'AWS::Lambda::Function';
const KEY_VALUES = 'AWS::CloudFront::KeyValueStore';

/**
 * The lines of the diagram. A line is drawn where a template connects two resources of these types by a reference, or by
 * a policy or permission that names both.
 */
export const FLOWS: readonly Flow[] = [
  { from: 'AWS::MediaConnect::Flow', to: MEDIALIVE_INPUT, kind: 'media' },
  { from: BUCKET, to: MEDIALIVE_INPUT, kind: 'media' },
  { from: MEDIALIVE_INPUT, to: ENCODER, kind: 'media' },
  ...['AWS::MediaPackageV2', 'AWS::MediaPackage'].flatMap((service): Flow[] => [
    { from: ENCODER, to: `${service}::Channel`, kind: 'media' },
    { from: `${service}::Channel`, to: `${service}::OriginEndpoint`, kind: 'media' },
    { from: `${service}::OriginEndpoint`, to: EDGE, kind: 'media' },
  ]),
  { from: ENCODER, to: BUCKET, kind: 'media' },
  { from: BUCKET, to: EDGE, kind: 'media' },
  { from: ENCODER, to: 'AWS::MediaStore::Container', kind: 'media' },
  { from: 'AWS::MediaStore::Container', to: EDGE, kind: 'media' },
  { from: EDGE, to: BUCKET, kind: 'control' },
  { from: FUNCTION, to: EDGE, kind: 'control', through: FUNCTION },
  { from: FUNCTION, to: ENCODER, kind: 'control', through: 'Custom::RunningState' },
  { from: FUNCTION, to: BUCKET, kind: 'control', through: 'Custom::BucketContent' },
  { from: 'AWS::Scheduler::Schedule', to: FUNCTION, kind: 'control' },
  { from: 'AWS::Events::Rule', to: FUNCTION, kind: 'control' },
  { from: 'AWS::Events::Rule', to: 'AWS::Logs::LogGroup', kind: 'control' },
  { from: 'AWS::CloudWatch::Alarm', to: FUNCTION, kind: 'control' },
  { from: FUNCTION, to: 'AWS::SNS::Topic', kind: 'control' },
  { from: EDGE, to: 'AWS::CloudFront::Function', kind: 'control' },
  { from: 'AWS::CloudFront::Function', to: KEY_VALUES, kind: 'control' },
  { from: FUNCTION, to: KEY_VALUES, kind: 'control' },
  { from: FUNCTION, to: 'AWS::DynamoDB::Table', kind: 'control' },
  { from: FUNCTION, to: 'AWS::Cognito::UserPool', kind: 'control', through: FUNCTION },
];
