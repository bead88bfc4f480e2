/** Compares the launch templates of a release with those that this source writes: `npm run release-check`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LAUNCHES, type LaunchOrigin, launchFile, version } from './launch/launches';
import { releaseProblems } from './launch/release-problems';

const HELP = `Checks that the launch templates of a release equal those that this source writes, byte for byte, and have its version.

  npm run release-check                        the templates in dist/launch
  npm run release-check -- --from FOLDER       those in another folder, such as downloads of a release
  npm run release-check -- --tag v1.2.3        also that the tag fits this source's version

Options
  --from FOLDER     where the templates are (default dist/launch)
  --tag NAME        the release's tag
  --help            this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: join('dist', 'launch') },
      tag: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const problems: string[] = [];
  if (values.tag !== undefined && values.tag !== `v${version()}`) {
    problems.push(
      `The tag is ${values.tag}, and the version in package.json is ${version()}: v${version()} is needed.`,
    );
  }
  for (const origin of Object.keys(LAUNCHES) as LaunchOrigin[]) {
    const path = join(values.from, LAUNCHES[origin].file);
    const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    console.error(`Writing ${LAUNCHES[origin].file} again`);
    const own = releaseProblems(path, found, await launchFile(origin), version());
    if (own.length === 0) console.log(`${path}: equals what this source writes, version ${version()}`);
    problems.push(...own);
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

process.env['CDK_VALIDATION'] = 'false';

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
