import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deployTemplate } from '../../../bin/launch/variants';
import { readDescription } from '../../../bin/live-streaming/description';
import { type Bundle, sameBundle } from '../../../lib/stream/bundles';

/** A template, the name that complaints about it begin with, and values of its parameters. */
export type NamedTemplate = readonly [name: string, template: unknown, parameters?: Readonly<Record<string, string>>];

const ROOT = resolve(__dirname, '..', '..', '..');
const GOLDEN = join(ROOT, 'test', 'golden');
const EXAMPLES = join(ROOT, 'examples');

/** An empty bundle: the judges do not read the code of functions. */
const bundle: Bundle = { folder: '', contentHashes: { site: 'site', 'test-clip': 'clip' }, inline: '// code' };
const bundles = { ...sameBundle(bundle), secureParameter: bundle };

/** Golden templates, as they are in the repository. */
export function goldens(): readonly NamedTemplate[] {
  return readdirSync(GOLDEN).map((file) => [`golden/${file}`, JSON.parse(readFileSync(join(GOLDEN, file), 'utf8'))]);
}

/** Template of each example. Other tests run CDK's validators on the same descriptions. */
export function exampleTemplates(): readonly NamedTemplate[] {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  return readdirSync(EXAMPLES).map((file) => {
    const template = deployTemplate(readDescription(join(EXAMPLES, file)), { bundles, context });
    if (template === undefined) throw new Error(`examples/${file} is refused`);
    return [`examples/${file}`, template];
  });
}
