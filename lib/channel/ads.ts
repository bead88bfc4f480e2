import { z } from 'zod';
import { explain } from './field';
import type { LiveChannel } from './live-channel';
import { type OriginOptions, originOf, originSchema } from './origin';
import type { Partly, Report } from './rule';

const options = z.strictObject({
  skipAfterSeconds: z.int().min(0).max(60).optional(),
  onDelete: z.enum(['delete-with-stack', 'retain']).default('delete-with-stack'),
});

explain(options.shape, {
  skipAfterSeconds: {
    what: 'When viewers may skip an ad. Left out: never.',
    unit: 'seconds of the ad',
    effect: 'The page shows a button after this time. Players of others decide for themselves.',
    see: 'https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf',
  },
  onDelete: {
    what: 'Whether the bucket of the ads is deleted with the stack.',
    effect: '`retain` keeps the clips and the list of campaigns; the name of the bucket is among the Outputs.',
  },
});

/** Schema of the ads in breaks: `true` for all defaults, or options. Left out: nothing of them is in the template. */
export const adsSchema = z.union([z.literal(true), options]);

/** The ads in breaks with every default filled in. */
export type Ads = z.infer<typeof options>;

/** Fills in the options where the description says `true`; undefined where it leaves ads out. */
export function adsOf({ ads }: { readonly ads?: z.infer<typeof adsSchema> | undefined }): Ads | undefined {
  return ads === true ? options.parse({}) : ads;
}

/** Tells whether the breaks of a channel are marked in a way that ads can be put into. */
export function hasBreaks({ adMarkers }: Pick<LiveChannel, 'adMarkers'>): boolean {
  return adMarkers !== 'none' && adMarkers.manifests === 'daterange';
}

/** The parts of a description that ads depend on. */
interface Surroundings {
  readonly origin: unknown;
  readonly channels: Partly<LiveChannel[]>;
  readonly problem: Report;
}

/**
 * Refuses ads without a channel whose breaks players find.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/ext-x-daterange-ad-marker.html
 */
export function adsProblems(ads: unknown, { origin, channels, problem }: Surroundings): void {
  if (ads === undefined) return;
  const given = originSchema.safeParse(origin);
  const kind: OriginOptions['kind'] | undefined = given.success ? originOf({ origin: given.data }).kind : undefined;
  if (kind !== undefined && kind !== 'media-package') {
    problem(
      ['ads'],
      `ads were given with the origin ${kind}; players find breaks in the manifests of MediaPackage v2: choose the origin media-package, or leave ads out`,
    );
    return;
  }
  const markers = channels.map((channel) => channel?.adMarkers);
  if (markers.some((one) => typeof one === 'object' && one.manifests === 'daterange')) return;
  // A channel that was refused is no reason to ask for its markers.
  if (channels.some((channel) => channel === undefined)) return;
  problem(
    ['ads'],
    'ads were given, and no channel marks its breaks with EXT-X-DATERANGE; give a channel adMarkers: { manifests: "daterange" }',
  );
}
