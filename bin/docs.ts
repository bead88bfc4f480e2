/**
 * Writes the generated pages and tables of the documentation: `npm run docs`. They come from the schema of the
 * description, from templates, from the prices and from the parameters of the launch template.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationMarkdown, configurationProblems } from './docs/configuration/page';
import { costPage } from './docs/cost-page';
import { launchParametersMarkdown } from './docs/launch-parameters-page';
import { launchParametersPicture } from './docs/launch-parameters-picture';
import { localRunPage } from './docs/local-run-page';
import { readmePage } from './docs/readme-page';
import { updatesMarkdown } from './docs/updates/page';

const DOCS = join(__dirname, '..', 'docs');

function main(): void {
  const problems = configurationProblems();
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
    return;
  }
  write('configuration.md', configurationMarkdown());
  write('updates.md', updatesMarkdown());
  write('launch-parameters.md', launchParametersMarkdown());
  write(join('images', 'launch-parameters.svg'), launchParametersPicture());
  const pages = [
    ['cost.md', costPage],
    ['local-run.md', localRunPage],
    [join('..', 'README.md'), readmePage],
  ] as const;
  for (const [name, rewritten] of pages) {
    write(name, rewritten(readFileSync(join(DOCS, name), 'utf8')));
  }
}

function write(name: string, text: string): void {
  writeFileSync(join(DOCS, name), text);
}

main();
