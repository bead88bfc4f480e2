import { INPUT_KINDS } from '../../lib/channel/input';
import { withTable } from './marked';

/**
 * README.md with its table of sources written anew. The text around it is kept.
 *
 * @throws Error for a page that lacks the marks of the table.
 */
export function readmePage(page: string): string {
  return withTable(page, { name: 'sources', from: 'lib/channel/inputs', text: sourceTable() });
}

/** The sources that a customer may have, with the examples to start from. */
function sourceTable(): string {
  const examples = new Map<string, string[]>();
  for (const [kind, { source, title }] of Object.entries(INPUT_KINDS)) {
    examples.set(source, [...(examples.get(source) ?? []), `[${title}](examples/${kind}.ts)`]);
  }
  const rows = [...examples].map(([source, links]) => `| ${source} | ${links.join(', ')} |`);
  return ['| your source | example |', '|---|---|', ...rows].join('\n');
}
