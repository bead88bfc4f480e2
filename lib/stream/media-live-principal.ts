import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/** MediaLive on behalf of channels, or of inputs, of this account and Region: who may take on a role of the stack. */
export function mediaLivePrincipal(of: 'channel' | 'input'): ServicePrincipal {
  return new ServicePrincipal('medialive.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:${of}:*` },
    },
  });
}
