import type { Declared } from '../../kit/declared';

/**
 * Reads a comment, which changes nothing but has a length that CloudFront takes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
 */
export function readComment(declared: Declared, key = 'Comment', most = 128): void {
  const { length } = declared.maybeText(key) ?? '';
  if (length > most) {
    throw new Error(
      `${declared.path}.${key}: Invalid request provided: ${length} characters; it has at most ${most} characters.`,
    );
  }
}
