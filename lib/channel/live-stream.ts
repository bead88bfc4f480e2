import { z } from 'zod';
import { field, rule, text } from './field';
import { liveChannelSchema } from './live-channel';
import { originSchema } from './origin';
import { originProblems } from './origin-fit';
import { plainTextProblems } from './plain-text';
import { DescriptionError, sentences } from './sentences';

const edge = z
  .strictObject({
    originShield: field(z.boolean().default(true), {
      what: 'CloudFront Origin Shield: one cache in front of the origin that all edge locations ask.',
      effect:
        'AWS wants it on before MediaPackage v2, which allows about 1,000 manifest requests per second; off saves its per-request price.',
      see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html',
    }),
    corsOrigins: field(
      z
        .array(
          text(
            (origin) => /^(\*|https?:\/\/[^/\s]+)$/.test(origin),
            '* or a web origin such as https://www.example.com, without a path,',
          ),
        )
        .min(1)
        .default(['*']),
      {
        what: 'Web origins whose pages may play the stream: `*`, or `https://www.example.com`.',
        effect: 'Players on other pages are refused by the browser.',
      },
    ),
    accessLogs: field(z.enum(['off', 'delete-with-stack', 'retain']).default('delete-with-stack'), {
      what: 'CloudFront access logs in a bucket of the stack, removed after 30 days.',
      effect: '`retain` keeps the bucket when the stack is deleted; its name is among the Outputs.',
    }),
  })
  .default({ originShield: true, corsOrigins: ['*'], accessLogs: 'delete-with-stack' });

const notices = z
  .strictObject({
    emails: field(
      z
        .array(text((address) => /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(address), 'an e-mail address'))
        .max(10)
        .default([]),
      {
        what: 'E-mail addresses that are told when a channel was stopped by itself and why, and once a day that a channel runs. Each gets a mail first that asks to confirm.',
        see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html',
      },
    ),
  })
  .default({ emails: [] });

/**
 * The description of live channels: all that an operator decides. The schema is the only declaration of it; the types,
 * the defaults, the ranges, the refusals and docs/configuration.md are made from it.
 */
export const liveStreamSchema = z
  .strictObject({
    origin: field(originSchema.default('media-package'), {
      what: 'What the encoder writes to and the edge reads: AWS Elemental MediaPackage v2, MediaPackage v1 as in the original solution, or a bucket that MediaLive writes finished HLS to. (`media-store` is the origin of old: AWS discontinued it on 2025-11-13, so it runs locally only.)',
      effect:
        '`media-package-v1` has no LL-HLS; AWS recommends v2 for what is new. `s3` is simpler and costs no packaging, and has one format: HLS in MPEG-TS, without LL-HLS and DASH. There, `latency: low` is short segments (6 s behind live), and an encoder that died leaves a playlist that stands still, which the player says.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/hls-destinations-s3.html',
    }),
    edge: field(edge, { what: 'How CloudFront delivers.' }),
    interruption: field(z.enum(['refuse', 'allow']).default('refuse'), {
      what: 'Whether an update may stop a running channel to change it, and start it again. `-c interruption=allow` says so for one deployment.',
      effect:
        'With `refuse`, an update that would interrupt a running channel fails before anything of it is changed. docs/updates.md says which changes interrupt.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/editing-deleting-channel.html',
    }),
    notices: field(notices, { what: 'Who is told what the stack did by itself.' }),
    channels: field(
      z
        .array(liveChannelSchema)
        .min(1)
        .max(10)
        .check(
          rule('array', (channels) =>
            channels.flatMap((channel, index) => {
              const name = bare(channel.name);
              const first = channels.findIndex((other) => bare(other.name) === name);
              return name !== undefined && first < index
                ? [
                    {
                      path: [index, 'name'],
                      message: `"${channel.name}" is already the name of channels[${first}]; every channel needs a name of its own (hyphens do not count)`,
                    },
                  ]
                : [];
            }),
          ),
        ),
      {
        what: 'The live channels, one to ten, behind one edge and in one MediaPackage channel group.',
        see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html',
      },
    ),
  })
  .check(
    rule('object', ({ origin, channels }) => originProblems(origin, channels)),
    rule('object', plainTextProblems),
  );

/** The description with every default filled in. */
export type LiveStream = z.infer<typeof liveStreamSchema>;

/** The description as an operator writes it: what has a default may be left out. */
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

/** A name as the logical ids and the Outputs of a template hold it: without hyphens. */
function bare(name: unknown): string | undefined {
  return typeof name === 'string' ? name.replaceAll('-', '') : undefined;
}
