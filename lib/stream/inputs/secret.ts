import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Acknowledgement } from './input-kind';

/** What is found in the name of a password, and why it is right. */
export const NAME_OF_A_PASSWORD: Acknowledgement = {
  id: 'CloudFormation-Validate::W2501',
  reason:
    'It is the name of a parameter, not a password. A dynamic reference in its place would put the password itself into the template.',
};

/** What reads the passwords that these sources name. MediaLive's documentation does not say by which of the two calls. */
export function readPasswords(sources: readonly { readonly passwordParameter?: string | undefined }[]) {
  return statement(
    ['ssm:GetParameter', 'ssm:GetParameters'],
    sources.map(({ passwordParameter: name }) =>
      name === undefined ? undefined : `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`,
    ),
  );
}

/** What reads the passphrases that these connections name. */
export function readPassphrases(connections: readonly { readonly passphraseSecretArn?: string | undefined }[]) {
  return statement(
    ['secretsmanager:GetSecretValue'],
    connections.map(({ passphraseSecretArn }) => passphraseSecretArn),
  );
}

/** One statement about the resources that there are, each once; none where there are none. */
export function statement(actions: string[], arns: readonly (string | undefined)[]): readonly PolicyStatement[] {
  const resources = [...new Set(arns)].filter((arn) => arn !== undefined);
  return resources.length === 0 ? [] : [new PolicyStatement({ actions, resources })];
}
