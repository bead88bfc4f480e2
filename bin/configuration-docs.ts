/** Writes docs/configuration.md from the schema of the description: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationMarkdown } from '../lib/channel/documentation';

writeFileSync(join(__dirname, '..', 'docs', 'configuration.md'), configurationMarkdown());
