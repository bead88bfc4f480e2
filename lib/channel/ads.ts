import { z } from 'zod';
import { decisionUrlProblem, isMp4Url } from './ad-decision-url';
import { explain, stringThat } from './field';
import { given } from './given';
import type { LiveChannel } from './live-channel';
import { type OriginOptions, originOf, originSchema } from './origin';
import { type Partly, type Report, rule } from './rule';

const options = z.strictObject({
  service: z.enum(['stack', 'mediatailor']).default('stack'),
  decisionUrl: z
    .string()
    .check(
      rule((url, problem) => {
        const sentence = decisionUrlProblem(url);
        if (sentence !== undefined) problem([], `${given(url)} was given; ${sentence}`);
      }),
    )
    .optional(),
  slateUrl: stringThat(isMp4Url, 'the https URL of an MP4 file').optional(),
  encoder: z.enum(['ffmpeg', 'mediaconvert']).default('ffmpeg'),
  skipAfterSeconds: z.int().min(0).max(60).optional(),
  nativePlayers: z.boolean().default(false),
  onDelete: z.enum(['delete-with-stack', 'retain']).default('delete-with-stack'),
});

explain(options.shape, {
  service: {
    what: 'The service that fills the breaks: the page and a function of the stack, or AWS Elemental MediaTailor.',
    effect:
      'MediaTailor serves players of others as well, and any ad server; it charges for each ad. docs/advertising.md compares the two.',
    local:
      'The local run has guided sessions of HLS, and stitched sessions of DASH. Ads must be HLS in CMAF, and are not encoded anew. It has no slate.',
    see: 'https://docs.aws.amazon.com/mediatailor/latest/ug/server-guided.html',
  },
  decisionUrl: {
    what: 'An ad server of your own, which answers VAST or VMAP. It may hold variables of MediaTailor, such as `[session.avail_duration_secs]`. Left out: the decision of the stack, and its campaigns.',
    effect: 'Nothing of the stack’s own ads is in the template then.',
    see: 'https://docs.aws.amazon.com/mediatailor/latest/ug/variables.html',
  },
  slateUrl: {
    what: 'A video that fills the rest of a break in stitched sessions. Left out: the show is seen.',
    see: 'https://docs.aws.amazon.com/mediatailor/latest/ug/slate-management.html',
  },
  encoder: {
    what: 'The encoder that `npm run live -- ads add` prepares clips with: ffmpeg on the machine of the operator, or AWS Elemental MediaConvert.',
    effect:
      'MediaConvert charges for each minute of each rendition, once for an ad, and needs no ffmpeg on the machine.',
    see: 'https://aws.amazon.com/mediaconvert/pricing/',
  },
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

const fitting = rule<z.infer<typeof options>>(({ service, decisionUrl, slateUrl, onDelete, encoder }, problem) => {
  for (const [key, value] of Object.entries({ decisionUrl, slateUrl })) {
    if (service === 'mediatailor' || value === undefined) continue;
    problem([key], `${given(value)} was given without service: "mediatailor", which alone asks ad servers; add it`);
  }
  if (decisionUrl === undefined) return;
  const noneOfItsOwn = 'was given with decisionUrl; the stack has no ads of its own then: leave it out';
  if (onDelete === 'retain') problem(['onDelete'], `"retain" ${noneOfItsOwn}`);
  if (encoder === 'mediaconvert') problem(['encoder'], `"mediaconvert" ${noneOfItsOwn}`);
});

/** Schema of the ads in breaks: `true` for all defaults, or options. Left out: nothing of them is in the template. */
export const adsSchema = z.union([z.literal(true), options.check(fitting)]);

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
  readonly edge: { readonly countries?: unknown } | undefined;
  /** Viewer access; undefined where everybody may watch. */
  readonly access: unknown;
  readonly channels: Partly<LiveChannel[]>;
  readonly problem: Report;
}

/**
 * Refuses ads without a channel whose breaks players find, and what MediaTailor cannot work with.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/ext-x-daterange-ad-marker.html
 */
export function adsProblems(ads: unknown, around: Surroundings): void {
  if (ads === undefined) return;
  const { origin, channels, problem } = around;
  const parsed = originSchema.safeParse(origin);
  const kind: OriginOptions['kind'] | undefined = parsed.success ? originOf({ origin: parsed.data }).kind : undefined;
  if (kind !== undefined && kind !== 'media-package') {
    problem(
      ['ads'],
      `ads were given with the origin ${kind}; players find breaks in the manifests of MediaPackage v2: choose the origin media-package, or leave ads out`,
    );
    return;
  }
  if (Object(ads).service === 'mediatailor') tailorProblems(around);
  const marked = channels.filter((channel) => {
    const markers = channel?.adMarkers;
    return typeof markers === 'object' && markers.manifests === 'daterange';
  });
  if (marked.length > 0) {
    nativePlayersProblems(ads, marked, around);
    return;
  }
  // A channel that was refused is no reason to ask for its markers.
  if (channels.some((channel) => channel === undefined)) return;
  problem(
    ['ads'],
    'ads were given, and no channel marks its breaks with EXT-X-DATERANGE; give a channel adMarkers: { manifests: "daterange" }',
  );
}

/** Refuses playlists with ads for which there is no channel, or no need. */
function nativePlayersProblems(
  ads: unknown,
  marked: Surroundings['channels'],
  { access, problem }: Surroundings,
): void {
  const { nativePlayers, service } = Object(ads) as { readonly nativePlayers?: unknown; readonly service?: unknown };
  if (nativePlayers !== true) return;
  if (service === 'mediatailor') {
    problem(
      ['ads', 'nativePlayers'],
      'true was given with the service mediatailor, whose guided playlists have the ads in them for every player; leave one of them out',
    );
  } else if (access !== undefined && !marked.some((one) => one?.access === 'public')) {
    problem(
      ['ads', 'nativePlayers'],
      'true was given, and every channel with breaks is private; the playlists with ads are for public channels: leave it out, or give a channel access: "public"',
    );
  }
}

/**
 * Refuses channels that MediaTailor cannot put ads into.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/server-guided.html
 */
function tailorProblems({ edge, access, channels, problem }: Surroundings): void {
  if (edge?.countries !== undefined) {
    problem(
      ['edge', 'countries'],
      'countries were given with ads of MediaTailor, which reads the manifests through the edge, from the country of the Region; leave them out, or leave service out',
    );
  }
  for (const [index, channel] of channels.entries()) {
    const markers = channel?.adMarkers;
    if (typeof markers !== 'object') continue;
    if (markers.manifests === 'scte35-enhanced') {
      problem(
        ['channels', index, 'adMarkers', 'manifests'],
        '"scte35-enhanced" was given with ads of MediaTailor, whose guided sessions find breaks by EXT-X-DATERANGE; choose daterange',
      );
    }
    if (access === undefined || channel?.access === 'public') continue;
    problem(
      ['channels', index, 'access'],
      'a private channel with breaks was described with ads of MediaTailor, which reads the manifests through the edge and has no session of a viewer; make it access: "public", or leave service out',
    );
  }
}
