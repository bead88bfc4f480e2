import type { Value } from '../../local/cloud';
import type { PseudoParameters } from '../../local/template/evaluate';
import type { World } from '../../local/template/scope';
import type { Template } from '../../local/template/template';

const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

/** What CloudFormation would know of the stack: a sample. */
export const SAMPLE_STACK: PseudoParameters = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/live/00000000-0000-0000-0000-000000000000`,
  'AWS::StackName': 'live',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Values that tell what they stand for, in the shape of those that AWS would give. */
export function sampleWorld({ resources }: Template): World {
  const typeOf = (id: string) => resources[id]?.type ?? '';
  return {
    ref: (id): Value => (typeOf(id).startsWith('AWS::MediaLive::') ? numberOf(id) : id.toLowerCase()),
    attribute: (id, attribute): Value =>
      /arn$/i.test(attribute) ? arn(typeOf(id), id) : `${id}-${attribute}`.toLowerCase().replaceAll('.', '-'),
  };
}

/** MediaLive's ids are numbers in a text: seven digits that are always the same for one logical id. */
function numberOf(id: string): string {
  const sum = [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9_000_000, 7);
  return String(1_000_000 + sum);
}

function arn(type: string, id: string): string {
  if (type === 'AWS::IAM::Role') return `arn:aws:iam::${ACCOUNT}:role/${id}`;
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${id.toLowerCase()}`;
  const [, service = '', kind = ''] = type.toLowerCase().split('::');
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}/${id}`;
}
