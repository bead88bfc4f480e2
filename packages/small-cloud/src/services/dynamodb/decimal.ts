import { AwsError } from '../kit/aws-error';

/** A decimal number: `digits` × 10^`exponent`. Zero has no digits and the exponent 0. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** The most digits that DynamoDB keeps. */
const PRECISION = 38;

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Writes a number as DynamoDB does: without an exponent, leading or trailing zeros.
 *
 * @throws AwsError ValidationException for what is not a number, or has more than 38 digits.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */
export function canonicalNumber(text: string): string {
  return written(parsed(text));
}

/** Compares two numbers: negative, zero or positive, as the first is less, equal or greater. */
export function compareNumbers(one: string, other: string): number {
  const [a, b] = aligned(parsed(one), parsed(other));
  return a < b ? -1 : Number(a > b);
}

/** Adds two numbers, or subtracts the second. @throws AwsError ValidationException for more than 38 digits. */
export function addNumbers(one: string, other: string, sign: 1 | -1 = 1): string {
  const [first, second] = [parsed(one), parsed(other)];
  const [a, b] = aligned(first, second);
  const exponent = Math.min(first.exponent, second.exponent);
  return written(normal(a + BigInt(sign) * b, exponent));
}

function parsed(text: string): Decimal {
  const [, sign = '', body = '', power = '0'] = NUMBER.exec(text.trim()) ?? invalid(text);
  const [whole = '', fraction = ''] = body.split('.');
  const magnitude = BigInt(`${whole}${fraction}`);
  return normal(sign === '-' ? -magnitude : magnitude, Number(power) - fraction.length);
}

/** Moves trailing zeros to the exponent. @throws AwsError ValidationException for a number out of range. */
function normal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  const text = digits.toString();
  const significant = text.replace(/0+$/, '');
  const length = significant.replace('-', '').length;
  if (length > PRECISION) throw refused('Attempting to store more than 38 significant digits in a Number');
  const power = exponent + text.length - significant.length;
  const magnitude = power + length - 1;
  if (magnitude > 125) {
    throw refused('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < -130) {
    throw refused('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return { digits: BigInt(significant), exponent: power };
}

function aligned(one: Decimal, other: Decimal): readonly [bigint, bigint] {
  const exponent = Math.min(one.exponent, other.exponent);
  return [scaled(one, exponent), scaled(other, exponent)];
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

function written({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString();
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

function invalid(text: string): never {
  throw refused(`The parameter cannot be converted to a numeric value: ${text}`);
}

function refused(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}
