import { z } from 'zod';
import { explain, stringThat } from './field';
import { FRAME_RATE_RULE, isFrameRate } from './frame-rate';
import { given } from './given';
import { rule } from './rule';

/** One rendition: its size, its bitrate, and the settings of its codec. */
export interface Rendition {
  readonly codec: 'h264' | 'hevc';
  readonly width: number;
  readonly height: number;
  readonly bitrate: number;
  /** HEVC has MAIN only: 8 bits, as H.264. */
  readonly profile: 'MAIN' | 'HIGH';
  readonly rateControl: 'qvbr' | 'cbr';
  /** QVBR quality level, 1 to 10. Has no effect with `cbr`. */
  readonly quality: number;
  /** Frames per second; undefined for the rate of the channel. */
  readonly frameRate?: string | undefined;
  /** Size of the decoder buffer, in seconds of `bitrate`; undefined for one GOP. */
  readonly bufferSeconds?: number | undefined;
}

const AV1 =
  'MediaLive encodes AV1 for CMAF Ingest output groups only, and not for those of MediaPackage and HLS that this stack has; choose h264 or hevc';

const even = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .check(
      rule((pixels, problem) => {
        if (pixels % 2 !== 0) problem([], `${pixels} was given; video in 4:2:0 needs an even number of pixels`);
      }),
    );

const rendition = z.strictObject({
  width: even(160, 3840),
  height: even(90, 2160),
  bitrate: z.int().min(100_000).max(20_000_000),
  codec: z.enum(['h264', 'hevc'], { error: ({ input }) => (input === 'av1' ? AV1 : undefined) }).default('h264'),
  profile: z.enum(['MAIN', 'HIGH']).optional(),
  rateControl: z.enum(['qvbr', 'cbr']).default('qvbr'),
  quality: z.int().min(1).max(10).optional(),
  frameRate: stringThat(isFrameRate, FRAME_RATE_RULE).optional(),
  bufferSeconds: z.number().min(0.5).max(10).optional(),
});

explain(rendition.shape, {
  width: { what: 'Width of the video.', unit: 'pixels' },
  height: { what: 'Height of the video.', unit: 'pixels' },
  bitrate: {
    what: 'Bitrate of the video: the maximum with QVBR, the constant rate with CBR.',
    unit: 'bits/s',
    effect: 'Higher makes difficult scenes look better, and costs viewers and you more traffic.',
  },
  codec: {
    what: 'H.264 or HEVC, the same for all renditions: players do not change it during playback.',
    effect:
      '`hevc` needs about half the bits for the same quality and is charged higher. It is delivered in CMAF only (not with `origin: s3`, and without the `ts` endpoint of MediaPackage), and plays only on devices with a decoder for it.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/outputs-supported-codecs.html',
  },
  profile: {
    what: 'H.264 profile. Left out: `HIGH`, and for HEVC its `MAIN`.',
    effect: 'HIGH saves some per cent of bits; MAIN plays on devices from before 2010.',
  },
  rateControl: {
    what: 'Bits as the video needs them, up to `bitrate`, or `bitrate` all the time.',
    effect: '`cbr` costs more traffic for the same quality, and is for networks that reserve a bandwidth.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/qvbr-and-rate-control-mode.html',
  },
  quality: {
    what: 'QVBR quality level. Left out: 7.',
    effect: 'Higher spends more bits on easy scenes, up to `bitrate`.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/qvbr-and-rate-control-mode.html',
  },
  frameRate: {
    what: 'Frames per second of this rendition: the rate of the channel divided by 1, 2, 3 …, so that keyframes stay together. Left out: the rate of the channel.',
    unit: 'frames/s',
    effect: 'Half the rate saves bits in small renditions; viewers see motion change when a player switches.',
  },
  bufferSeconds: {
    what: 'Size of the decoder buffer, in seconds of `bitrate`; for `hevc`, 100,000 to 80,000,000 bits. Left out: one GOP, within these limits.',
    unit: 'seconds',
    effect: 'Higher lets a difficult scene borrow more from an easy one, and segments differ more in size.',
  },
});

/** A rendition of one's own. */
export const renditionSchema = rendition.check(
  rule(({ codec, profile, rateControl, quality }, problem) => {
    if (codec === 'hevc' && profile === 'HIGH') {
      problem(['profile'], '"HIGH" was given with HEVC, which has no such profile; leave it out');
    }
    if (rateControl === 'cbr' && quality !== undefined) {
      problem(['quality'], `${given(quality)} was given with cbr, which has no quality; leave it out`);
    }
  }),
);

/** Fills in the defaults of a rendition of one's own. */
export function completed(own: z.infer<typeof rendition>): Rendition {
  return { ...own, profile: own.profile ?? (own.codec === 'hevc' ? 'MAIN' : 'HIGH'), quality: own.quality ?? 7 };
}
