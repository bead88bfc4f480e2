import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Acknowledgement } from './input-kind';

/** The finding that a password is in the template, and the reason why it does not apply. */
export const NAME_OF_A_PASSWORD: Acknowledgement = {
  id: 'CloudFormation-Validate::W2501',
  reason:
    'It is the name of a parameter, not a password. A dynamic reference in its place would put the password itself into the template.',
};

/** Permissions to read the passwords of sources. MediaLive's documentation does not say which of the two calls it makes. */
export function readPasswords(sources: readonly { readonly passwordParameter?: string | undefined }[]) {
  return statement(
    ['ssm:GetParameter', 'ssm:GetParameters'],
    sources.map(({ passwordParameter: name }) =>
      name === undefined ? undefined : `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`,
    ),
  );
}

/** Permissions to read the passphrases of SRT connections. */
export function readPassphrases(connections: readonly { readonly passphraseSecretArn?: string | undefined }[]) {
  return statement(
    ['secretsmanager:GetSecretValue'],
    connections.map(({ passphraseSecretArn }) => passphraseSecretArn),
  );
}

/** Writes one statement about these resources, each once; none where all are undefined. */
export function statement(actions: string[], arns: readonly (string | undefined)[]): readonly PolicyStatement[] {
  const resources = [...new Set(arns)].filter((arn) => arn !== undefined);
  return resources.length === 0 ? [] : [new PolicyStatement({ actions, resources })];
}
