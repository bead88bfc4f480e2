import { z } from 'zod';
import { field, rule } from './field';
import { given } from './given';
import { mediaPackage } from './media-package';

/** MediaPackage v1: an endpoint for each format, read by the edge alone. */
const mediaPackageV1 = z.strictObject({
  kind: z.literal('media-package-v1'),
  formats: field(
    z
      .array(z.enum(['hls', 'dash', 'cmaf', 'mss']))
      .default(['hls', 'dash', 'cmaf'])
      .check(
        rule('list', (formats) => {
          const twice = formats.find((format, index) => formats.indexOf(format) !== index);
          return [
            ...(twice === undefined ? [] : [{ path: [], message: `${given(twice)} was given twice; once is enough` }]),
            ...(formats.includes('hls') || formats.includes('dash')
              ? []
              : [
                  {
                    path: [],
                    message: `${formats.map(given).join(', ') || 'nothing'} was given; hls or dash must be among them: CloudFormation tells no address of a CMAF endpoint, and the player plays no Smooth Streaming`,
                  },
                ]),
          ];
        }),
      ),
    {
      what: 'The endpoints of each channel: `hls` (MPEG-TS segments), `dash`, `cmaf` (HLS with CMAF segments), `mss` (Microsoft Smooth Streaming).',
      effect: '`hls` or `dash` must be among them. The demo player plays all but `mss`.',
      local: 'The local run serves all but `mss`.',
      see: 'https://docs.aws.amazon.com/mediapackage/latest/ug/endpoints.html',
    },
  ),
  startOverSeconds: field(z.number().int().min(0).max(1_209_600).default(0), {
    what: 'How far back viewers can start: `?start=` and `?end=` at a manifest ask for it.',
    unit: 'seconds',
    effect: '0 is live only.',
    local: 'The local run keeps what its manifests list, and no more.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/ug/time-shifted.html',
  }),
});

/** A bucket that MediaLive writes finished HLS to. */
const s3 = z.strictObject({ kind: z.literal('s3') });

const DISCONTINUED =
  "AWS discontinued MediaStore on 2025-11-13, so a stack with it can no longer be deployed; the replacement is 's3', the same architecture on a living service. { kind: 'media-store', acknowledgeDiscontinued: true } is for templates and the local run";

/** A MediaStore container, as it was before AWS discontinued the service. */
const mediaStore = z.strictObject({
  kind: z.literal('media-store'),
  acknowledgeDiscontinued: field(z.literal(true, DISCONTINUED), {
    what: 'That AWS discontinued MediaStore on 2025-11-13 is known. Without it, the description is refused.',
    effect: 'The stack can be synthesized and cannot be deployed; `s3` is the replacement.',
    local: 'The local run plays it.',
    see: 'https://docs.aws.amazon.com/mediastore/latest/ug/what-is.html',
  }),
});

const origins = z.discriminatedUnion('kind', [mediaPackage, mediaPackageV1, s3, mediaStore]);

/** Kinds that need no options. */
const names = z
  .enum(['media-package', 'media-package-v1', 's3'])
  .check(
    rule('string', (name) =>
      name === 'media-store' ? [{ path: [], message: `"${name}" was given; ${DISCONTINUED}` }] : [],
    ),
  );

/** What the encoder writes to and the edge reads: the name of a kind with all its defaults, or a kind and its options. */
export const originSchema = z.union([names, origins]);

/** An origin with every default filled in, one member per kind. */
export type OriginOptions = z.infer<typeof origins>;

/** The origin of one kind. */
export type OriginOf<K extends OriginOptions['kind']> = Extract<OriginOptions, { kind: K }>;

/** The origin of a description, with every default filled in. */
export function originOf({ origin }: { readonly origin: z.infer<typeof originSchema> }): OriginOptions {
  return typeof origin === 'string' ? origins.parse({ kind: origin }) : origin;
}
