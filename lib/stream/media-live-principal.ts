import { Aws } from 'aws-cdk-lib';
import { type PrincipalBase, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/**
 * Returns MediaLive as the principal that assumes a role on behalf of channels, or inputs, of this account and Region. It
 * may set session tags, as in AWS's own templates.
 */
export function mediaLivePrincipal(of: 'channel' | 'input'): PrincipalBase {
  return new ServicePrincipal('medialive.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:${of}:*` },
    },
  }).withSessionTags();
}
