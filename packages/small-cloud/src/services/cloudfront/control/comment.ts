import type { Declared } from '../../kit/declared';

/**
 * Reads a comment. It has no effect, but CloudFront limits its length.
 *
 * @param most - the longest comment, in characters.
 * @throws Error for a longer one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
 */
export function readComment(declared: Declared, key = 'Comment', most = 128): void {
  const { length } = declared.maybeText(key) ?? '';
  if (length > most) {
    throw new Error(
      `${declared.path}.${key}: Invalid request provided: ${length} characters were given; at most ${most} characters are accepted.`,
    );
  }
}
