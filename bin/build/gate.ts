import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SOURCE = resolve(__dirname, '..', '..', 'edge', 'gate.ts');

/**
 * Writes the code of the function at the edge: without types and its export, which CloudFront does not know.
 *
 * @returns the code without its settings, which `lib/access` adds as the constant `GATE`.
 * @throws Error when the source has no handler.
 */
export function gateCode(): string {
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const { code } = transformSync(readFileSync(SOURCE, 'utf8'), {
    loader: 'ts',
    target: 'es2017',
    // AWS's page of the runtime does not list `{ name }` in place of `{ name: name }`.
    supported: { 'object-extensions': false },
  });
  const exported = 'export async function handler';
  if (!code.includes(exported)) throw new Error('edge/gate.ts has no handler');
  return code.replace(exported, 'async function handler');
}
