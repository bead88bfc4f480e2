import { join } from 'node:path';
import { templatesOf } from '../../bin/templates-of';
import { type LiveStream, type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { LiveStreamingStack } from '../../lib/live-streaming-stack';
import { sameBundle } from '../../lib/stream/bundles';

type Channel = LiveStreamInput['channels'][number];

/** A description, and the template that is synthesized from it. */
export interface Variant {
  readonly name: string;
  readonly stream: LiveStream;
  readonly template: { readonly Resources: Readonly<Record<string, TemplateResource>> };
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const rendition = { width: 640, height: 360, bitrate: 800_000 };
const clip: Channel = { name: 'main', input: { kind: 'test-clip' }, ladder: [rendition] };
const push: Channel = { ...clip, input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } };

/** Channels of the descriptions. Each differs from another in one property that an update may change. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  clip,
  'another ladder': { ...clip, ladder: [{ ...rendition, bitrate: 900_000 }] },
  'not running': { ...clip, running: false },
  'two pipelines': { ...clip, redundancy: 'two-pipelines' },
  push,
  'push from elsewhere': { ...push, input: { kind: 'rtmp-push', allowedCidrs: ['198.51.100.0/24'] } },
  'push by another name': {
    ...push,
    input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/other'] },
  },
};

/** Stand-ins for the code of the functions. */
const BUNDLES = sameBundle({ folder: join(__dirname, '..', '..', 'edge'), contentHashes: {} });

/** Every description in the histories: each channel, alone and beside another, refusing and allowing interruption. */
export const VARIANTS: readonly Variant[] = Object.entries(CHANNELS).flatMap(([name, main]) =>
  (['refuse', 'allow'] as const).flatMap((interruption) => [
    variant(`${name}, ${interruption}`, { channels: [main], interruption }),
    variant(`${name}, ${interruption}, beside another`, {
      channels: [main, { ...push, name: 'stage' }],
      interruption,
    }),
  ]),
);

function variant(name: string, description: LiveStreamInput): Variant {
  const stream = liveStream(description);
  const [template] = templatesOf((app) => [new LiveStreamingStack(app, 'LiveStreaming', { stream, bundles: BUNDLES })]);
  return { name, stream, template: template as unknown as Variant['template'] };
}
