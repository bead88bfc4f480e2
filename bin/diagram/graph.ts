import { type Box, boxesOf } from './boxes';
import { FLOWS, LANES, type Lane } from './kinds';
import { named, type Resources, type Template } from './template';

/** A line from one box to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'media' | 'control';
}

/** A diagram without a layout. */
export interface Graph {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

/** Draws boxes and lines from the resources of a template and their references. */
export function graph({ Resources: resources }: Template): Graph {
  const boxes = boxesOf(resources);
  const boxOf = new Map(boxes.flatMap((box) => box.resources.map((id) => [id, box] as const)));
  const edges = new Map<string, Edge>();
  for (const {
    pair: [one, other],
    through,
  } of connected(resources, boxOf)) {
    for (const flow of FLOWS) {
      const [from, to] = flow.from === one.type ? [one, other] : [other, one];
      const fits = from.type === flow.from && to.type === flow.to && (flow.through ?? through) === through;
      if (!fits || from === to || wrongWay(from, to)) continue;
      edges.set(`${from.id} ${to.id}`, { from: from.id, to: to.id, kind: flow.kind });
    }
  }
  return { boxes, edges: [...edges.values()] };
}

/** Two boxes that the template connects, and the type of the resource that does so. */
interface Connection {
  readonly pair: readonly [Box, Box];
  readonly through: string;
}

/** Lists the connections of a template: by a reference, or by a resource without a box that names both. */
function connected(resources: Resources, boxOf: ReadonlyMap<string, Box>): readonly Connection[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const through = resource.Type;
    const boxes = [...new Set(named(resource).flatMap((other) => boxOf.get(other) ?? []))];
    const own = boxOf.get(id);
    if (own !== undefined) return boxes.map((other): Connection => ({ pair: [own, other], through }));
    return boxes.flatMap((one, index) =>
      boxes.slice(index + 1).map((other): Connection => ({ pair: [one, other], through })),
    );
  });
}

/** Tells whether media would flow against the stream. A bucket is at one place of it: the clip's is no origin. */
function wrongWay(from: Box, to: Box): boolean {
  const order = Object.keys(LANES);
  if (from.lane === 'operate') return from.type === 'AWS::S3::Bucket';
  if (from.type === 'AWS::CloudFront::Distribution') return to.lane !== 'operate';
  return to.lane === 'operate' || order.indexOf(from.lane) > order.indexOf(to.lane);
}

/** Names of the lanes that have a box, in the order of the stream. */
export function lanesOf({ boxes }: Graph): readonly Lane[] {
  return (Object.keys(LANES) as Lane[]).filter((lane) => boxes.some((box) => box.lane === lane));
}
