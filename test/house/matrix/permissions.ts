import { grants, inline } from '../../stream/grants';
import type { Template } from '../../stream/synth';
import type { Row } from './rows';

const PARAMETER = 'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/live/rtmp-password';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-passphrase-a1B2c3';

/** What the role of an encoder may do for the input that examples/ has of each kind. */
const FOR_INPUT: Readonly<Record<string, readonly string[]>> = {
  'test-clip': ['s3:GetObject <TestClipBucket>/test-clip.mp4'],
  'rtmp-push': [],
  'rtmp-push-vpc': [],
  'rtp-push': [],
  'rtp-push-vpc': [],
  'srt-listener': [`secretsmanager:GetSecretValue ${SECRET}`],
  'srt-caller': [],
  'rtmp-pull': [`ssm:GetParameter ${PARAMETER}`, `ssm:GetParameters ${PARAMETER}`],
  'hls-pull': [],
  'mp4-file': ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/film.mp4'],
  'ts-file': [],
  mediaconnect: [],
  'link-device': [],
  cdi: [],
};

/** What the role of an encoder may do for each kind of origin. */
const FOR_ORIGIN: Readonly<Record<string, (channel: string) => readonly string[]>> = {
  'media-package': (channel) => [
    `mediapackagev2:GetChannel <Origin${channel}Channel>`,
    `mediapackagev2:PutObject <Origin${channel}Channel>`,
  ],
  s3: (channel) => [
    `s3:DeleteObject <OriginBucket>/live/${channel}/*`,
    `s3:GetObject <OriginBucket>/live/${channel}/*`,
    's3:ListBucket <OriginBucket>',
    `s3:PutObject <OriginBucket>/live/${channel}/*`,
  ],
};

/** Statements that an encoder's role lacks or has to spare; nothing where it has exactly those of the tables. */
export function permissionComplaints(
  template: Template,
  { name, input, origin }: Pick<Row, 'input' | 'origin'> & { readonly name: string },
): readonly string[] {
  const forInput = FOR_INPUT[input];
  const forOrigin = FOR_ORIGIN[origin];
  if (forInput === undefined) return [`input ${input}: say in FOR_INPUT of ${__filename} what its role may do`];
  if (forOrigin === undefined) return [`origin ${origin}: say in FOR_ORIGIN of ${__filename} what its role may do`];
  const needed = [...forInput, ...forOrigin(name)];
  const given = grants(inline(template, new RegExp(`^Encoder${name}Role`)));
  return [
    ...needed.filter((grant) => !given.includes(grant)).map((grant) => `${name} (${input}): ${grant} is missing`),
    ...given.filter((grant) => !needed.includes(grant)).map((grant) => `${name} (${input}): ${grant} is to spare`),
  ];
}
