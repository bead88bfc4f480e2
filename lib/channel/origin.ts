import { z } from 'zod';
import { mediaPackage } from './origins/media-package';
import { mediaPackageV1 } from './origins/media-package-v1';
import { DISCONTINUED, mediaStore } from './origins/media-store';
import type { OriginKind } from './origins/origin-kind';
import { s3 } from './origins/s3';

/** Every kind of origin, in the order of docs/configuration.md. */
export const ORIGIN_KINDS = {
  'media-package': mediaPackage,
  'media-package-v1': mediaPackageV1,
  s3,
  'media-store': mediaStore,
} as const satisfies Readonly<Record<string, OriginKind>>;

/** The name of a kind of origin. Tables of other layers have a row for each. */
export type OriginKindName = keyof typeof ORIGIN_KINDS;

const origins = z.discriminatedUnion('kind', [
  mediaPackage.schema,
  mediaPackageV1.schema,
  s3.schema,
  mediaStore.schema,
]);

type Named = {
  [Name in OriginKindName]: (typeof ORIGIN_KINDS)[Name]['hasDefaults'] extends true ? Name : never;
}[OriginKindName];

const names = Object.keys(ORIGIN_KINDS).filter(hasDefaults);

/** The origin that the encoder writes to and the edge reads: the name of a kind with all its defaults, or an object. */
export const originSchema = z.union([
  z.enum(names, { error: ({ input }) => (input === 'media-store' ? DISCONTINUED : undefined) }),
  origins,
]);

/** An origin with every default filled in, one member per kind. */
export type OriginOptions = z.infer<typeof origins>;

/** The origin of one kind. */
export type OriginOf<K extends OriginKindName> = Extract<OriginOptions, { kind: K }>;

/** Fills in the defaults of the origin of a description. */
export function originOf({ origin }: { readonly origin: z.infer<typeof originSchema> }): OriginOptions {
  return typeof origin === 'string' ? origins.parse({ kind: origin }) : origin;
}

function hasDefaults(name: string): name is Named {
  return name in ORIGIN_KINDS && ORIGIN_KINDS[name as OriginKindName].hasDefaults;
}
