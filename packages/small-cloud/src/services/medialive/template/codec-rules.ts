import { refused } from '../contract/service-error';
import type { Settings } from './settings';

type Codec = 'H264Settings' | 'H265Settings';
type Range = readonly [least: number, most: number];

const ANY = Number.POSITIVE_INFINITY;

/**
 * Ranges of numbers, from the model of the API.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html
 */
const RANGES: Readonly<Record<Codec, Readonly<Record<string, Range>>>> = {
  H264Settings: {
    Bitrate: [1000, ANY],
    BufSize: [0, ANY],
    FramerateDenominator: [1, ANY],
    FramerateNumerator: [1, ANY],
    GopNumBFrames: [0, 7],
    MaxBitrate: [1000, ANY],
    NumRefFrames: [1, 6],
    QvbrQualityLevel: [1, 10],
    Softness: [0, 128],
  },
  H265Settings: {
    Bitrate: [100_000, 40_000_000],
    BufSize: [100_000, 80_000_000],
    FramerateDenominator: [1, 3003],
    FramerateNumerator: [1, ANY],
    GopNumBFrames: [0, 3],
    MaxBitrate: [100_000, 40_000_000],
    QvbrQualityLevel: [1, 10],
  },
};

/** Required settings of B-frames for HEVC above 1080p, from the model of the API. */
const ABOVE_1080P: Readonly<Record<string, string>> = {
  GopBReference: 'DISABLED',
  GopNumBFrames: '2',
  SubgopLength: 'FIXED',
};

/**
 * Checks the codec of a video description as the service does.
 *
 * @throws ServiceError for a number out of its range, a GOP that is not a whole number of frames, and B-frames that
 * HEVC above 1080p does not allow.
 */
export function checkCodec(name: Codec, codec: Settings, size: { readonly width: number; readonly height: number }) {
  for (const [key, [least, most]] of Object.entries(RANGES[name])) {
    const number = numberAt(codec, key);
    if (number === undefined || (Number.isInteger(number) && number >= least && number <= most)) continue;
    const needed = most === ANY ? `of at least ${least}` : `from ${least} to ${most}`;
    throw refused(`${codec.at(key)}: ${number} was given; a whole number ${needed} is needed`);
  }
  const gop = numberAt(codec, 'GopSize');
  const inFrames = codec.glimpse('GopSizeUnits') !== 'SECONDS';
  if (gop !== undefined && (gop <= 0 || (inFrames && !Number.isInteger(gop)))) {
    throw refused(`${codec.at('GopSize')}: ${gop} was given; whole frames, or seconds above 0, are needed`);
  }
  if (name === 'H264Settings' || (size.width <= 1920 && size.height <= 1080)) return;
  for (const [key, needed] of Object.entries(ABOVE_1080P)) {
    const given = codec.glimpse(key);
    if (given === undefined || String(given) === needed) continue;
    throw refused(
      `${codec.at(key)}: ${String(given)} was given at ${size.width}x${size.height}; HEVC above 1080p needs ${needed}`,
    );
  }
}

/** Reads a number, which may be given as a string; undefined when it is left out. */
function numberAt(codec: Settings, key: string): number | undefined {
  const value = codec.glimpse(key);
  return value === undefined ? undefined : Number(value);
}
