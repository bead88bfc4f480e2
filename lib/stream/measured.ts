import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Counts the bytes of a text.
 *
 * @param tokenBytes - bytes of a value that is known at deployment only, such as a name of a bucket.
 */
export function bytesOf(scope: Construct, text: string, tokenBytes: number): number {
  return count(Stack.of(scope).resolve(text), tokenBytes);
}

function count(resolved: unknown, tokenBytes: number): number {
  if (typeof resolved === 'string') return Buffer.byteLength(resolved);
  const { 'Fn::Join': joined } = Object(resolved) as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  if (joined === undefined) return tokenBytes;
  const [separator, parts] = joined;
  const between = Buffer.byteLength(separator) * Math.max(0, parts.length - 1);
  return parts.reduce((sum: number, part) => sum + count(part, tokenBytes), between);
}
