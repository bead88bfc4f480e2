import type { Box } from './boxes';
import { type Graph, lanesOf } from './graph';
import { LANES } from './kinds';

/**
 * Writes a diagram in the language of Graphviz: a lane for each stop of the stream. Boxes get classes instead of
 * colours, so that one style serves light and dark pages.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function dot(drawn: Graph): string {
  const lanes = lanesOf(drawn).map((lane) => {
    const boxes = drawn.boxes.filter((box) => box.lane === lane);
    return `subgraph cluster_${lane} { label=${quoted(LANES[lane])}; class="lane"; ${boxes.map(node).join(' ')} }`;
  });
  const edges = drawn.edges.map(
    ({ from, to, kind }) =>
      `${quoted(from)} -> ${quoted(to)} [class="${kind}"${kind === 'media' ? ', penwidth=2, weight=8' : crosses(from, to, drawn) ? ', constraint=false' : ''}]`,
  );
  return `digraph {
  rankdir=LR; nodesep=0.18; ranksep=0.45; newrank=true; compound=true; bgcolor=transparent;
  graph [fontname="Helvetica", fontsize=13, labeljust=l, style=rounded];
  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11, margin="0.2,0.07"];
  edge [arrowsize=0.6];
  ${lanes.join('\n  ')}
  ${edges.join('\n  ')}
}`;
}

function node({ id, title, detail, lane }: Box): string {
  return `${quoted(id)} [label=${quoted(`${title}\n${detail}`)}, class="${lane}"]`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Tells whether a line leads from one lane to another: such a control line must not move the stream. */
function crosses(from: string, to: string, { boxes }: Graph): boolean {
  const lane = (id: string) => boxes.find((box) => box.id === id)?.lane;
  return lane(from) !== lane(to);
}
