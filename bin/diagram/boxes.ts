import { BUCKET_LANES, KINDS, type Lane } from './kinds';
import type { Resources } from './template';

/** One box. */
export interface Box {
  readonly id: string;
  readonly type: string;
  readonly lane: Lane;
  readonly title: string;
  /** Name of the channel, purpose of the bucket, or number of the resources. */
  readonly detail: string;
  /** The resources of the template that it stands for. */
  readonly resources: readonly string[];
}

/** Makes the boxes of a template: one for each resource of a drawn type, or one for all of the type. */
export function boxesOf(resources: Resources): readonly Box[] {
  const boxes = new Map<string, Box>();
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    const kind = KINDS[Type];
    if (kind === undefined || !id.startsWith(kind.only ?? '')) continue;
    const key = kind.together === true ? Type : id;
    const members = [...(boxes.get(key)?.resources ?? []), id];
    boxes.set(key, {
      id: key,
      type: Type,
      lane: Type === 'AWS::S3::Bucket' ? bucketLane(id) : kind.lane,
      title: kind.title,
      detail: kind.together === true ? String(members.length) : detailOf(id, Object(Properties)),
      resources: members,
    });
  }
  return [...boxes.values()];
}

function bucketLane(id: string): Lane {
  return BUCKET_LANES.find(([beginning]) => id.startsWith(beginning))?.[1] ?? 'deliver';
}

/** Finds what tells a box from others: a name in its properties, else its logical id in words. */
function detailOf(id: string, properties: Readonly<Record<string, unknown>>): string {
  const { OriginEndpointName, ChannelName, ChannelClass, Type, Tags } = properties;
  if (typeof OriginEndpointName === 'string') return OriginEndpointName;
  if (typeof ChannelName === 'string') return ChannelName;
  const channel = Object(Tags)['live-streaming:channel'];
  if (typeof channel === 'string') {
    return `${channel}, ${ChannelClass === 'STANDARD' ? 'two pipelines' : 'one pipeline'}`;
  }
  if (typeof Type === 'string') return Type.replaceAll('_', ' ');
  return id
    .replace(/[0-9A-F]{8}$/, '')
    .replace(/(Placer|Patrol|Notice)?(Function|Resource|Distribution|Bucket|Topic|Dashboard|Log)$/, '')
    .replace(/^Operations(?=.)/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
