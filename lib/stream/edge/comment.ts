import { Aws } from 'aws-cdk-lib';

/**
 * The comment on everything of the edge that CloudFront lists by account. A comment has at most 128 characters, as many
 * as a stack's name may have, so there is room for nothing else.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-cachepolicy-cachepolicyconfig.html
 */
export const COMMENT = Aws.STACK_NAME;
