import { z } from 'zod';

/** MediaPackage v2. */
const mediaPackage = z.strictObject({ kind: z.literal('media-package') });

/** A bucket that MediaLive writes finished HLS to. */
const s3 = z.strictObject({ kind: z.literal('s3') });

const origins = z.discriminatedUnion('kind', [mediaPackage, s3]);

/** What the encoder writes to and the edge reads: the name of a kind with all its defaults, or a kind and its options. */
export const originSchema = z.union([z.enum(['media-package', 's3']), origins]);

/** An origin with every default filled in, one member per kind. */
export type OriginOptions = z.infer<typeof origins>;

/** The origin of one kind. */
export type OriginOf<K extends OriginOptions['kind']> = Extract<OriginOptions, { kind: K }>;

/** The origin of a description, with every default filled in. */
export function originOf({ origin }: { readonly origin: z.infer<typeof originSchema> }): OriginOptions {
  return typeof origin === 'string' ? origins.parse({ kind: origin }) : origin;
}
