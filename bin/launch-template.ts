/** Writes the templates for the CloudFormation console: one file each, without assets. `npm run launch-template`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { regionsOf } from '../lib/stream/regions';
import { LAUNCHES, type LaunchOrigin, launchFile } from './launch/launches';
import { publishing } from './launch/publish';

const ORIGINS = Object.keys(LAUNCHES) as LaunchOrigin[];

const HELP = `Writes the templates for the CloudFormation console: one file for each origin, which needs no bucket and no bootstrap.

  npm run launch-template                      all of them
  npm run launch-template -- --origin s3       one of them
  npm run launch-template -- --publish s3://BUCKET/PREFIX --region REGION
                                               prints how to publish them from your bucket, and the console's links

Options
  --origin NAME     ${ORIGINS.join(', ')}; may be given more than once
  --out FOLDER      where to write (default dist/launch)
  --publish URL     bucket and prefix to publish to
  --region REGION   the Region of that bucket
  --help            this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      origin: { type: 'string', multiple: true, default: ORIGINS },
      out: { type: 'string', default: join('dist', 'launch') },
      publish: { type: 'string' },
      region: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const origins = values.origin.map(originNamed);
  const folder = relative(process.cwd(), values.out) || '.';
  const paths = origins.map((origin) => join(folder, LAUNCHES[origin].file));
  const files = origins.map((origin, index) => ({ path: paths[index] ?? '', regions: regionsOf(origin) }));
  // Before anything is written, so that an invalid URL is refused at once.
  const published = values.publish === undefined ? undefined : publishing(values.publish, values.region, files);
  mkdirSync(values.out, { recursive: true });
  for (const [index, origin] of origins.entries()) {
    console.error(`Synthesizing every choice with the origin ${origin}`);
    const text = await launchFile(origin);
    const path = paths[index] ?? '';
    writeFileSync(path, text);
    console.log(`${path}: ${Buffer.byteLength(text).toLocaleString('en-US')} of 1,000,000 bytes`);
  }
  if (published !== undefined) console.log(`\n${published}`);
}

function originNamed(name: string): LaunchOrigin {
  const found = ORIGINS.find((origin) => origin === name);
  if (found === undefined) throw new Error(`--origin ${name} was given; one of ${ORIGINS.join(', ')} is needed.`);
  return found;
}

// CDK's validation of hundreds of templates would take minutes. The tests validate what is written.
process.env['CDK_VALIDATION'] = 'false';

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
