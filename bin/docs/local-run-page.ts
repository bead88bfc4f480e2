import { allOptions } from './configuration/options';
import { anchorOf } from './configuration/rows';
import { withTable } from './marked';

/**
 * The page docs/local-run.md with its generated table written anew. The text around it is kept.
 *
 * @throws Error for a page that lacks the marks of the table.
 */
export function localRunPage(page: string): string {
  return withTable(page, { name: 'options', from: 'lib/channel', text: optionTable() });
}

/** The options that the local run treats in another way than AWS does. */
function optionTable(): string {
  const rows = new Set<string>();
  for (const { path, notes } of allOptions()) {
    if (notes?.local !== undefined) {
      rows.add(`| [\`${path.replace(/^channels\[\]\./, '')}\`](configuration.md#${anchorOf(path)}) | ${notes.local} |`);
    }
  }
  return ['| option | in the local run |', '|---|---|', ...rows].join('\n');
}
