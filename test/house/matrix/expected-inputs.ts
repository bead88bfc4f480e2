/**
 * The input that each kind must become, from AWS's documentation and from examples/, not from lib/. A new kind needs a
 * row.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/trusted-entity-requirements.html
 */
export interface ExpectedInput {
  /** MediaLive's name for the type. */
  readonly type: string;
  /** Permissions of the encoder's role for it: `action resource`. */
  readonly encoderMay: readonly string[];
  /** Permissions of the input's own role; left out, it has no role. */
  readonly inputMay?: readonly string[];
  /** MediaLive makes it with two endpoints only, so a channel with a single pipeline cannot have it. */
  readonly twoEndpoints?: true;
}

const PARAMETER = 'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/live/rtmp-password';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-passphrase-a1B2c3';
const EC2 = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:';

const IN_VPC = [
  ...['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'].map((action) => `ec2:${action} *`),
  ...['Create', 'Delete']
    .flatMap((verb) => [`ec2:${verb}NetworkInterface`, `ec2:${verb}NetworkInterfacePermission`])
    .flatMap((action) =>
      [
        'network-interface/*',
        'subnet/subnet-0a1b2c3d4e5f60718',
        'subnet/subnet-0a1b2c3d4e5f60719',
        'security-group/sg-0a1b2c3d4e5f60718',
      ].map((resource) => `${action} ${EC2}${resource}`),
    ),
];

export const INPUTS: Readonly<Record<string, ExpectedInput>> = {
  'test-clip': { type: 'MP4_FILE', encoderMay: ['s3:GetObject <TestClipBucket>/test-clip.mp4'] },
  'rtmp-push': { type: 'RTMP_PUSH', encoderMay: [] },
  'rtmp-push-vpc': { type: 'RTMP_PUSH', encoderMay: [], inputMay: IN_VPC },
  'rtp-push': { type: 'RTP_PUSH', encoderMay: [], twoEndpoints: true },
  'rtp-push-vpc': { type: 'RTP_PUSH', encoderMay: [], inputMay: IN_VPC, twoEndpoints: true },
  'srt-listener': { type: 'SRT_LISTENER', encoderMay: [`secretsmanager:GetSecretValue ${SECRET}`] },
  'srt-caller': { type: 'SRT_CALLER', encoderMay: [] },
  'rtmp-pull': {
    type: 'RTMP_PULL',
    encoderMay: [`ssm:GetParameter ${PARAMETER}`, `ssm:GetParameters ${PARAMETER}`],
  },
  'hls-pull': { type: 'URL_PULL', encoderMay: [] },
  'mp4-file': {
    type: 'MP4_FILE',
    encoderMay: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/film.mp4'],
  },
  'ts-file': { type: 'TS_FILE', encoderMay: [] },
  mediaconnect: {
    type: 'MEDIACONNECT',
    encoderMay: [],
    inputMay: ['ManagedAddOutput', 'ManagedDescribeFlow', 'ManagedRemoveOutput'].map(
      (action) => `mediaconnect:${action} *`,
    ),
  },
  'mediaconnect-router': { type: 'MEDIACONNECT_ROUTER', encoderMay: [] },
  'link-device': { type: 'INPUT_DEVICE', encoderMay: [] },
  cdi: { type: 'AWS_CDI', encoderMay: [], inputMay: IN_VPC, twoEndpoints: true },
};
