/** What the services' APIs would be asked for to make a template's media resources: `npm run requests`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesizeTo } from './assembly';
import { requests } from './requests/requests';

const HELP = `Writes what MediaLive and MediaPackage would be asked for, one JSON file for each resource, to dist/requests.

  npm run requests                           the description in bin/channels.ts
  npm run requests -- --config FILE          another description (TypeScript or JSON)
  npm run requests -- --template FILE        a synthesized template

References to what does not exist before a deployment are samples. docs/requests.md explains what it is for.`;

const FOLDER = resolve(__dirname, '..', 'dist', 'requests');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, template: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.template !== undefined && values.config !== undefined)
    throw new Error(
      '--template and --config were given; a template holds what its description said: give one of them.',
    );
  const found = Object.entries(requests(JSON.parse(await templateText(values))));
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [id, request] of found) {
    const file = join(FOLDER, `${id}.json`);
    writeFileSync(file, `${JSON.stringify(request, null, 2)}\n`);
    console.log(`${request.service} ${request.operation}  ${relative(process.cwd(), file)}`);
  }
}

async function templateText({ template, config }: { template?: string; config?: string }): Promise<string> {
  if (template !== undefined) return readFileSync(template, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'requests-'));
  try {
    return readFileSync(await synthesizeTo(folder, config === undefined ? undefined : resolve(config)), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
