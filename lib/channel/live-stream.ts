import { z } from 'zod';
import { accessProblems, accessSchema } from './access';
import { adsProblems, adsSchema } from './ads';
import { analyticsSchema } from './analytics';
import { chatProblems } from './chat';
import { edgeSchema } from './edge';
import { explain } from './field';
import { liveChannelSchema } from './live-channel';
import { noticesSchema } from './notices';
import { operationsSchema } from './operations';
import { originSchema } from './origin';
import { originProblems } from './origin-fit';
import { plainTextProblems } from './plain-text';
import { pollProblems } from './polls';
import { rule } from './rule';
import { DescriptionError, sentences } from './sentences';

const ownNames = rule<z.infer<typeof liveChannelSchema>[]>((channels, problem) => {
  // Logical ids and Outputs of a template hold the names without hyphens.
  const names = channels.map((channel) => channel?.name?.replaceAll('-', ''));
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (name === undefined || first === index) continue;
    problem(
      [index, 'name'],
      `"${channels[index]?.name}" is already the name of channels[${first}]; every channel needs a name of its own (hyphens do not count)`,
    );
  }
});

const stream = z.strictObject({
  origin: originSchema.default('media-package'),
  edge: edgeSchema,
  access: accessSchema.optional(),
  interruption: z.enum(['refuse', 'allow']).default('refuse'),
  notices: noticesSchema,
  operations: operationsSchema,
  recordings: z.enum(['delete-with-stack', 'retain']).default('retain'),
  analytics: analyticsSchema.optional(),
  ads: adsSchema.optional(),
  channels: z.array(liveChannelSchema).min(1).max(10).check(ownNames),
});

/**
 * The description of live channels: everything that an operator decides. The schema is its only declaration; the types,
 * the defaults, the ranges, the refusals and docs/configuration.md are made from it.
 */
export const liveStreamSchema = stream.check(
  rule(({ origin, edge, access, ads, channels = [] }, problem, raw) => {
    if (origin !== undefined) originProblems(origin, channels, problem);
    if (access !== undefined || raw.access === undefined) accessProblems(access, origin, { channels, problem });
    if (access !== undefined || raw.access === undefined) chatProblems(channels, access, problem);
    adsProblems(ads, { origin, edge, access: raw.access, channels, problem });
    pollProblems(channels, origin, problem);
    plainTextProblems(raw, problem);
  }),
);

/** The description with every default filled in. */
export type LiveStream = z.infer<typeof liveStreamSchema>;

/** The description as an operator writes it: options with a default may be left out. */
export type LiveStreamInput = z.input<typeof liveStreamSchema>;

/**
 * Checks a description and fills in its defaults.
 *
 * @throws DescriptionError with one sentence for every problem, all at once.
 */
export function liveStream(description: unknown): LiveStream {
  const result = liveStreamSchema.safeParse(description, { reportInput: true });
  if (result.success) return result.data;
  throw new DescriptionError(sentences(result.error.issues));
}

explain(stream.shape, {
  origin: {
    what: 'The origin that the encoder writes to and the edge reads: AWS Elemental MediaPackage v2, MediaPackage v1 as in the original solution, or a bucket that MediaLive writes finished HLS to. (`media-store` is the legacy origin: AWS discontinued it on 2025-11-13, so it runs locally only.)',
    effect:
      '`media-package-v1` has no LL-HLS; AWS recommends v2 for new deployments. `s3` is simpler and costs no packaging, and has one format: HLS in MPEG-TS, without LL-HLS and DASH. With `s3`, `latency: low` means short segments (6 s behind live). If the encoder dies, the playlist stops updating; the player reports it.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/hls-destinations-s3.html',
  },
  edge: { what: 'How CloudFront delivers.' },
  access: {
    what: 'Who may watch: sign-in, sessions, links. Left out: everybody, without any cost.',
    effect: 'With it, every channel is private unless it says `access: public`.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions.html',
  },
  interruption: {
    what: 'Whether an update may stop a running channel to change it, and start it again. `-c interruption=allow` allows it for one deployment.',
    effect:
      'With `refuse`, an update that would interrupt a running channel fails before it changes anything. docs/updates.md lists the changes that interrupt.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/editing-deleting-channel.html',
  },
  notices: { what: 'Who is notified of what the stack did automatically.' },
  operations: { what: 'What watches the channels: probe, alarms, dashboard, history. `false` leaves all of it out.' },
  recordings: {
    what: 'What becomes of the recordings when the stack is deleted: `delete-with-stack`, or `retain`, which keeps the bucket. For stacks with a channel with `recording`.',
    effect: 'A show cannot be made again, so they stay by default, and S3 charges for them until they are deleted.',
    local: 'The local run deletes everything.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  },
  analytics: {
    what: 'Reports of the players about what viewers get, as tables to ask and as metrics. Left out: players report nothing.',
    effect: 'docs/audience.md says what is reported, and what it costs: about 0.25 USD for 1,000 hours of viewing.',
    see: 'https://cta-wave.github.io/Resources/common-media-client-data--cta-5004-b.html',
  },
  ads: {
    what: 'Ads in the breaks of the show, out of the stack’s own campaigns: `true`, or options. Left out: breaks are marked at most. See docs/advertising.md.',
    effect:
      'For channels with `adMarkers: { manifests: "daterange" }`. An operator adds ads with `npm run live -- ads add`, and announces a break with `npm run live -- ad-break`.',
    see: 'https://developer.apple.com/documentation/http-live-streaming/hls-interstitials',
  },
  channels: {
    what: 'The live channels, one to ten, behind one edge and in one MediaPackage channel group.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html',
  },
});
