/**
 * Tells whether `text` fits `pattern`, in which `*` stands for any run of characters and `?` for any one. The time is at
 * most the product of their lengths: after a mismatch only the last `*` is extended, by one character.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function fits(text: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let star: { readonly after: number; from: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      inPattern++;
      star = { after: inPattern, from: at };
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      inPattern++;
      at++;
    } else if (star !== undefined) {
      star.from++;
      at = star.from;
      inPattern = star.after;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
