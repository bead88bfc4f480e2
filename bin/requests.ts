/** Writes the API requests that would create the media resources of a template: `npm run requests`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesizeTo } from './live-streaming/assembly';
import { requests } from './requests/requests';

const HELP = `Writes the requests that would create the MediaLive, MediaPackage, MediaStore and MediaTailor resources of a template:
one JSON file for each request, to dist/requests.

  npm run requests                           the description in bin/channels.ts
  npm run requests -- --config FILE          another description (TypeScript or JSON)
  npm run requests -- --template FILE        a synthesized template

Options
  --config FILE     the description, which is synthesized first
  --template FILE   the template, as JSON; its parameters have their defaults
  --help            this text

Values that exist only after a deployment are samples. docs/requests.md explains what the requests are for.`;

const FOLDER = resolve(__dirname, '..', 'dist', 'requests');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, template: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.template !== undefined && values.config !== undefined) {
    throw new Error('--template and --config were given; a template already is of one description; give one of them.');
  }
  const from = values.template === undefined ? await synthesized(values.config) : readTemplateFile(values.template);
  const found = Object.entries(requests(from));
  if (found.length === 0) throw new Error('The template has no resource of a media service.');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, request] of found) {
    const file = join(FOLDER, `${name}.json`);
    writeFileSync(file, `${JSON.stringify(request, null, 2)}\n`);
    console.log(`${request.service} ${request.operation}`.padEnd(40), relative(process.cwd(), file));
  }
}

async function synthesized(config: string | undefined): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'requests-'));
  try {
    return JSON.parse(
      readFileSync(await synthesizeTo(folder, config === undefined ? undefined : resolve(config)), 'utf8'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error that names the file, if it cannot be read or holds no template. */
function readTemplateFile(file: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--template ${file}: cannot be read as JSON; ${(error as Error).message}`);
  }
  if (typeof json === 'object' && json !== null && 'Resources' in json) return json;
  throw new Error(`--template ${file}: is not a template; it has no Resources.`);
}

main().catch((error: Error & { readonly code?: unknown }) => {
  console.error(error.message);
  if (/^ERR_PARSE_ARGS/.test(String(error.code))) console.error('npm run requests -- --help names the options.');
  process.exitCode = 1;
});
