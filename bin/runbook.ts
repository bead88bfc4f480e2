/** Writes docs/runbook.md from the tables of alarms and alerts. `npm run docs` runs it with the other generated pages. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbook } from './runbook/page';

writeFileSync(join(__dirname, '..', 'docs', 'runbook.md'), runbook());
