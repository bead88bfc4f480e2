import { Aws } from 'aws-cdk-lib';
import { type PrincipalBase, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/**
 * MediaLive on behalf of channels, or of inputs, of this account and Region: it may take on a role of the stack, with
 * session tags, which AWS's own templates let it set.
 */
export function mediaLivePrincipal(of: 'channel' | 'input'): PrincipalBase {
  return new ServicePrincipal('medialive.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:${of}:*` },
    },
  }).withSessionTags();
}
