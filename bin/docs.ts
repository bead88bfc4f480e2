/**
 * Writes what is generated of the documentation: docs/configuration.md from the schema, docs/updates.md from templates,
 * the tables of docs/cost.md from the prices, and what docs/launch.md shows of the parameters. `npm run docs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationMarkdown } from './docs/configuration-page';
import { costPage } from './docs/cost-page';
import { launchParametersMarkdown, launchParametersPicture } from './docs/launch-parameters';
import { updatesMarkdown } from './docs/updates/page';

const page = (name: string) => join(__dirname, '..', 'docs', name);

writeFileSync(page('configuration.md'), configurationMarkdown());
writeFileSync(page('updates.md'), updatesMarkdown());
writeFileSync(page('cost.md'), costPage(readFileSync(page('cost.md'), 'utf8')));
writeFileSync(page('launch-parameters.md'), launchParametersMarkdown());
writeFileSync(page(join('images', 'launch-parameters.svg')), launchParametersPicture());
