import { dot } from './dot';
import { graph } from './graph';
import type { Template } from './template';

/**
 * Colours of the drawing on a light page and on a dark one. Graphviz measures texts in Helvetica: Arial and Liberation Sans
 * are as wide, and boxes have room for fonts that are wider.
 */
const STYLE = `
  svg { color-scheme: light dark; --ink: #1b2430; --soft: #5b6673; --line: #8b95a1; --lane: #f3f5f8; --box: #ffffff; --media: #1f5fbf; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e7ebf0; --soft: #a9b4c0; --line: #7d8894; --lane: #182029; --box: #232d38; --media: #7db3ff; }
  }
  text { fill: var(--ink); font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; }
  .lane > path, .lane > polygon { fill: var(--lane); stroke: none; }
  .lane > text { fill: var(--soft); font-weight: 600; }
  .node path, .node polygon { fill: var(--box); stroke: var(--line); }
  .edge path { stroke: var(--line); fill: none; }
  .edge polygon { fill: var(--line); stroke: none; }
  .media path { stroke: var(--media); }
  .media polygon { fill: var(--media); }
  .control path { stroke-dasharray: 3 3; }
`;

/** Draws a template as an SVG that is readable on light and dark pages. */
export async function diagram(template: Template): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  const drawn = graphviz.dot(dot(graph(template)));
  return drawn
    .replace(/<\?xml[\s\S]*?<svg/, '<svg')
    .replace(
      /<svg([^>]*)>/,
      (_, attributes: string) =>
        `<svg${attributes} role="img"><title>Resources of the stack</title><style>${STYLE}</style>`,
    )
    .replaceAll(/ (fill|stroke|font-family)="[^"]*"/g, '');
}
