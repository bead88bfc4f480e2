/** Endings of the addresses that are links without `https://` as well. */
const ENDINGS =
  'com|net|org|info|biz|io|tv|gg|me|co|ly|app|dev|xyz|top|live|shop|site|online|link|de|uk|fr|nl|ru|eu|us|ch|at';

const LINK = new RegExp(
  `https?:|www\\.|[\\p{L}\\p{N}][\\p{L}\\p{N}-]*\\s?\\.\\s?(?:${ENDINGS})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** Signs that letters and digits are written with instead. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/**
 * Writes a text as words are looked for in it: lower case, without accents and signs that cannot be seen, one space between
 * words.
 */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@$]+/gu, ' ')
    .trim();
}

/** Makes the patterns of forbidden words. */
export function wordPatterns(words: readonly string[]): readonly RegExp[] {
  return words.map((word) => {
    const stem = plain(word.replace(/\*$/, ''));
    return new RegExp(`(?:^| )${stem}${word.endsWith('*') ? '' : '(?: |$)'}`, 'u');
  });
}

/**
 * Tells whether one of the words is in a text: as it is, with letters in place of their lookalikes, or written with spaces
 * between its letters.
 *
 * @param text - as {@link plain} writes it.
 */
export function hasWord(text: string, patterns: readonly RegExp[]): boolean {
  const meant = [...text].map((sign) => LOOKALIKES[sign] ?? sign).join('');
  const joined = (form: string) => form.replace(/(?<=(?:^| )\S) (?=\S(?: |$))/gu, '');
  const forms = new Set([text, meant, joined(text), joined(meant)]);
  return patterns.some((pattern) => [...forms].some((form) => pattern.test(form)));
}

/** Tells whether a text has the address of a web page. */
export function hasLink(text: string): boolean {
  return LINK.test(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
}
