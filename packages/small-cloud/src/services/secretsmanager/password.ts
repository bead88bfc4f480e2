import { randomInt } from 'node:crypto';
import { AwsError } from '../kit/aws-error';
import type { PropertyReader } from '../kit/property-reader';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The types of characters of a password, each with the property that leaves it out. */
const TYPES = [
  ['ExcludeLowercase', LETTERS],
  ['ExcludeUppercase', LETTERS.toUpperCase()],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
] as const;

const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;

/** Makes a random word of letters and digits. */
export function randomWord(length: number): string {
  return Array.from({ length }, () => oneOf(ALPHANUMERIC)).join('');
}

/**
 * Makes a password as a generator of Secrets Manager says: 32 characters with each included type, unless it says otherwise.
 *
 * @throws AwsError InvalidParameterException when there are no characters, or too few for each type.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export function password(generator: PropertyReader): string {
  const length = generator.whole('PasswordLength', 1, 4096, 32);
  const excluded = generator.maybeText('ExcludeCharacters') ?? '';
  const needsEach = generator.holds('RequireEachIncludedType') ? generator.flag('RequireEachIncludedType') : true;
  const types: string[] = TYPES.filter(([property]) => !generator.flag(property)).map(([, characters]) => characters);
  if (generator.flag('IncludeSpace')) types.push(' ');
  const left = types.map((characters) => [...characters].filter((one) => !excluded.includes(one)).join(''));
  const all = left.join('');
  const each = needsEach ? left : [];
  if (all === '' || each.includes('')) throw refused('every character of a needed type is excluded');
  if (each.length > length) throw refused(`${length} characters are too few for one of each of ${each.length} types`);
  const needed = each.map(oneOf);
  const others = Array.from({ length: length - needed.length }, () => oneOf(all));
  return shuffled([...needed, ...others]).join('');
}

function oneOf(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffled(characters: readonly string[]): readonly string[] {
  const left = [...characters];
  return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}

function refused(reason: string): AwsError {
  return new AwsError('InvalidParameterException', `The password cannot be generated: ${reason}.`);
}
