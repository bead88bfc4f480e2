import type { Path, Report } from './rule';

/**
 * Strings that no option may hold, whatever else it takes. CloudFormation evaluates `{{resolve:…}}` in whatever it
 * deploys, so a secret of the account would leave in a URL; the CDK takes `${Token[…]}` for a value of its own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
const REFUSED: readonly { readonly found: RegExp; readonly message: string }[] = [
  {
    found: /[{}]/,
    message:
      'it holds a curly bracket; CloudFormation and the CDK read references in curly brackets, so leave them out (in a URL, write %7B and %7D)',
  },
  { found: /\p{Cc}/u, message: 'it holds a control character; one line without tabs is needed' },
  { found: /\p{Cs}/u, message: 'it holds half of a character (a lone surrogate); write the character whole' },
];

/** A value in a description and the way to it. */
interface Place {
  readonly value: unknown;
  readonly key?: string | number;
  readonly above?: Place;
}

/**
 * Finds the strings of a description that hold what no string may hold, however deep they are. The sentence does not show
 * the string, which may be a URL with a token.
 */
export function plainTextProblems(description: unknown, problem: Report): void {
  const problems: { readonly place: Place; readonly message: string }[] = [];
  const seen = new Set<unknown>();
  // A stack and not a recursion: a description may be nested more deeply than calls can be.
  const left: Place[] = [{ value: description }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const { value } = place;
    if (typeof value === 'string') {
      for (const { found, message } of REFUSED) {
        if (found.test(value)) problems.push({ place, message });
      }
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      for (const [key, member] of Object.entries(value)) {
        left.push({ value: member, key: Array.isArray(value) ? Number(key) : key, above: place });
      }
    }
  }
  for (const { place, message } of problems.reverse()) problem(pathTo(place), message);
}

function pathTo(place: Place): Path {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.key !== undefined; at = at.above) path.unshift(at.key);
  return path;
}
