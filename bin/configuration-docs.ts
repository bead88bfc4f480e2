/** Writes the generated pages: docs/configuration.md from the schema, docs/updates.md from templates. `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationMarkdown } from '../lib/channel/documentation';
import { updatesMarkdown } from './update-matrix';

writeFileSync(join(__dirname, '..', 'docs', 'configuration.md'), configurationMarkdown());
writeFileSync(join(__dirname, '..', 'docs', 'updates.md'), updatesMarkdown());
