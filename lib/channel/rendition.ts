import { z } from 'zod';
import { field, type Problem, rule, text } from './field';
import { FRAME_RATE_RULE, isFrameRate } from './frame-rate';
import { given } from './given';

/** One rendition: a picture size, the most bits it may take, and how its codec is used for it. */
export interface Rendition {
  readonly codec: 'h264' | 'hevc';
  readonly width: number;
  readonly height: number;
  readonly bitrate: number;
  /** HEVC has MAIN alone: 8 bits, as H.264. */
  readonly profile: 'MAIN' | 'HIGH';
  readonly rateControl: 'qvbr' | 'cbr';
  /** Of `qvbr`. */
  readonly quality: number;
  /** Undefined where it is the channel's. */
  readonly frameRate?: string | undefined;
  /** Size of the decoder buffer, in seconds of `bitrate`; undefined where it is one GOP. */
  readonly bufferSeconds?: number | undefined;
}

const AV1 =
  'MediaLive makes AV1 for CMAF Ingest output groups only, and not for those of MediaPackage and HLS that this stack has; choose h264 or hevc';

const even = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .check(
      rule('number', (pixels) =>
        Number.isInteger(pixels) && pixels % 2 !== 0
          ? [{ path: [], message: `${pixels} was given; video in 4:2:0 needs an even number of pixels` }]
          : [],
      ),
    );

/** A rendition of one's own. */
export const renditionSchema = z
  .strictObject({
    width: field(even(160, 3840), { what: 'Width of the picture.', unit: 'pixels' }),
    height: field(even(90, 2160), { what: 'Height of the picture.', unit: 'pixels' }),
    bitrate: field(z.int().min(100_000).max(20_000_000), {
      what: 'The most bits per second that the video of this rendition may take (QVBR maximum), or takes all the time (CBR).',
      unit: 'bits/s',
      effect: 'Higher gives difficult scenes a better picture, and costs viewers and you more traffic.',
    }),
    codec: field(
      z.enum(['h264', 'hevc'], { error: ({ input }) => (input === 'av1' ? AV1 : undefined) }).default('h264'),
      {
        what: 'H.264 or HEVC, the same for all renditions: players do not change it while they play.',
        effect:
          '`hevc` needs about half the bits for the same picture, is charged higher, is in CMAF alone (not with `origin: s3`, and without the `ts` endpoint of MediaPackage), and plays on devices with a decoder for it only.',
        see: 'https://docs.aws.amazon.com/medialive/latest/ug/outputs-supported-codecs.html',
      },
    ),
    profile: field(z.enum(['MAIN', 'HIGH']).optional(), {
      what: 'H.264 profile. Left out: `HIGH`, and for HEVC its `MAIN`.',
      effect: 'HIGH saves some per cent of bits; MAIN plays on devices from before 2010.',
    }),
    rateControl: field(z.enum(['qvbr', 'cbr']).default('qvbr'), {
      what: 'Bits as the picture needs them, up to `bitrate`, or `bitrate` all the time.',
      effect: '`cbr` costs more traffic for the same picture, and is for networks that reserve a bandwidth.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/qvbr-and-rate-control-mode.html',
    }),
    quality: field(z.int().min(1).max(10).optional(), {
      what: 'QVBR quality level. Left out: 7.',
      effect: 'Higher spends more bits on easy scenes, up to `bitrate`.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/qvbr-and-rate-control-mode.html',
    }),
    frameRate: field(text(isFrameRate, FRAME_RATE_RULE).optional(), {
      what: 'Frames per second of this rendition: the rate of the channel divided by 1, 2, 3 …, so that keyframes stay together. Left out: the rate of the channel.',
      unit: 'frames/s',
      effect: 'Half the rate saves bits in small renditions, and is seen as a change of motion when a player switches.',
    }),
    bufferSeconds: field(z.number().min(0.5).max(10).optional(), {
      what: 'Size of the decoder buffer, in seconds of `bitrate`; for `hevc`, 100,000 to 80,000,000 bits. Left out: one GOP, within these limits.',
      unit: 'seconds',
      effect: 'Higher lets a difficult scene borrow more from an easy one, and segments differ more in size.',
    }),
  })
  .check(rule('object', unused));

/** A rendition of one's own with everything that may be left out. */
export function completed(own: z.infer<typeof renditionSchema>): Rendition {
  return { ...own, profile: own.profile ?? (own.codec === 'hevc' ? 'MAIN' : 'HIGH'), quality: own.quality ?? 7 };
}

function unused({ codec, profile, rateControl, quality }: Record<string, unknown>): readonly Problem[] {
  return [
    ...(codec === 'hevc' && profile === 'HIGH'
      ? [{ path: ['profile'], message: '"HIGH" was given with HEVC, which has no such profile; leave it out' }]
      : []),
    ...(rateControl === 'cbr' && quality !== undefined
      ? [{ path: ['quality'], message: `${given(quality)} was given with cbr, which has no quality; leave it out` }]
      : []),
  ];
}
