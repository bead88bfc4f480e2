/** A piece of an Fn::Sub string: literal text, or a name to be replaced (`Name`, `Resource.Attribute`, `AWS::Region`). */
export type SubPiece = { readonly literal: string } | { readonly name: string };

/**
 * Splits the string of an Fn::Sub at its `${…}`. `${!Literal}` stands for the text `${Literal}`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function subPieces(text: string): readonly SubPiece[] {
  const pieces: SubPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    const [whole, bang, name = ''] = match;
    if (match.index > end) pieces.push({ literal: text.slice(end, match.index) });
    pieces.push(bang ? { literal: `\${${name}}` } : { name: name.trim() });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ literal: text.slice(end) });
  return pieces;
}
