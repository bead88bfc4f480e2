/** Draws the architecture of a stack from its synthesized template. `npm run diagram -- --help`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { diagram } from './diagram/svg';
import type { Template } from './diagram/template';
import { synthesizeTo } from './live-streaming/assembly';

const HELP = `Draws the architecture of a stack from its synthesized template, as an SVG.

  npm run diagram                              the description in bin/channels.ts, into docs/images/architecture.svg
  npm run diagram -- --config FILE             another description
  npm run diagram -- --template FILE           a template that was synthesized before

Options
  --out FILE    where to write it; - is standard output
  --help        this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      template: { type: 'string' },
      out: { type: 'string', default: resolve(__dirname, '..', 'docs', 'images', 'architecture.svg') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.config !== undefined && values.template !== undefined) {
    throw new Error('--config and --template were both given; a template is made from a description already.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'diagram-'));
  try {
    const file = values.template ?? (await synthesizeTo(folder, values.config, (thing) => thing));
    const svg = await diagram(JSON.parse(readFileSync(file, 'utf8')) as Template);
    if (values.out === '-') process.stdout.write(svg);
    else writeFileSync(values.out, svg);
    if (values.out !== '-') console.log(values.out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
