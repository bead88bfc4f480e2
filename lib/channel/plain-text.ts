import type { Problem } from './field';

/**
 * Texts that no option may hold, whatever it takes otherwise. CloudFormation evaluates `{{resolve:…}}` in whatever it
 * deploys, so a secret of the account would leave by a URL; the CDK takes `${Token[…]}` for a value of its own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
const REFUSED: readonly { readonly found: RegExp; readonly message: string }[] = [
  {
    found: /[{}]/,
    message:
      'it holds a curly bracket; CloudFormation and the CDK read references in curly brackets, so leave them out (in a URL, write %7B and %7D)',
  },
  { found: /\p{Cc}/u, message: 'it holds a control character; a text of one line without tabs is needed' },
  { found: /\p{Cs}/u, message: 'it holds half of a character (a lone surrogate); write the character whole' },
];

/**
 * Finds the texts of a description that hold what no text may hold, however deep they are. The sentence does not show
 * the text, which may be a URL with a token.
 */
export function plainTextProblems(description: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<unknown>();
  // A stack and not a recursion: a description may be nested more deeply than calls can be.
  const left: { readonly value: unknown; readonly path: (string | number)[] }[] = [{ value: description, path: [] }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      problems.push(...REFUSED.filter(({ found }) => found.test(value)).map(({ message }) => ({ path, message })));
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      for (const [key, member] of Object.entries(value)) {
        left.push({ value: member, path: [...path, Array.isArray(value) ? Number(key) : key] });
      }
    }
  }
  return problems.reverse();
}
