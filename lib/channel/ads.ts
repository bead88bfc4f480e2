import { z } from 'zod';
import { explain } from './field';
import type { LiveChannel } from './live-channel';
import { type OriginOptions, originOf, originSchema } from './origin';
import type { Partly, Report } from './rule';

const options = z.strictObject({
  skipAfterSeconds: z.int().min(0).max(60).optional(),
  nativePlayers: z.boolean().default(false),
  onDelete: z.enum(['delete-with-stack', 'retain']).default('delete-with-stack'),
});

explain(options.shape, {
  skipAfterSeconds: {
    what: 'When viewers may skip an ad. Left out: never.',
    unit: 'seconds of the ad',
    effect: 'The page shows a button after this time. Players of others decide for themselves.',
    see: 'https://developer.apple.com/streaming/GettingStartedWithHLSInterstitials.pdf',
  },
  nativePlayers: {
    what: 'Whether there are playlists with the ads in them, below `/guided/`. They are for players that show HLS interstitials on their own, and the page uses them where the browser plays HLS itself, as on an iPhone.',
    effect:
      'A function adds the ads: one call a second for each playlist and edge where such players are. For public channels only.',
    see: 'https://developer.apple.com/documentation/http-live-streaming/hls-interstitials',
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
  /** The description's viewer access; undefined where everybody may watch. */
  readonly access: unknown;
  readonly problem: Report;
}

/**
 * Refuses ads without a channel whose breaks players find.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/ext-x-daterange-ad-marker.html
 */
export function adsProblems(ads: unknown, { origin, channels, access, problem }: Surroundings): void {
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
  const marked = channels.filter((channel) => {
    const markers = channel?.adMarkers;
    return typeof markers === 'object' && markers.manifests === 'daterange';
  });
  if (marked.length > 0) {
    const { nativePlayers } = Object(ads) as { readonly nativePlayers?: unknown };
    if (nativePlayers !== true || access === undefined || marked.some((one) => one?.access === 'public')) return;
    problem(
      ['ads', 'nativePlayers'],
      'true was given, and every channel with breaks is private; the playlists with ads are for public channels: leave it out, or give a channel access: "public"',
    );
    return;
  }
  // A channel that was refused is no reason to ask for its markers.
  if (channels.some((channel) => channel === undefined)) return;
  problem(
    ['ads'],
    'ads were given, and no channel marks its breaks with EXT-X-DATERANGE; give a channel adMarkers: { manifests: "daterange" }',
  );
}
