import type { Rendition } from './rendition';

/** A named ladder: its purpose, its default frame rate, and its renditions. */
interface LadderPreset {
  /** Its purpose and the reasons for its values, for docs/configuration.md. */
  readonly why: string;
  /** Frames per second by default, as a whole number or a fraction. */
  readonly frameRate: string;
  readonly renditions: readonly Rendition[];
}

type Rung = readonly [width: number, height: number, kilobits: number, profile: Rendition['profile'], quality: number];

const h264 = (rungs: readonly Rung[]) => rungs.map((rung) => rendition('h264', rung));
const hevc = (rungs: readonly Rung[]) => rungs.map((rung) => rendition('hevc', rung));

/**
 * The six rungs of the solution that this project re-creates. Three presets take some of them, from the bottom up.
 * docs/decisions/0004-ladder.md lists the changes and the reasons.
 */
const RUNGS = h264([
  [512, 288, 400, 'MAIN', 6],
  [640, 360, 800, 'MAIN', 7],
  [768, 432, 1200, 'MAIN', 7],
  [960, 540, 1800, 'MAIN', 7],
  [1280, 720, 2700, 'MAIN', 8],
  [1920, 1080, 4100, 'HIGH', 8],
]);

/** The named ladders. */
export const LADDER_PRESETS = {
  'sd-540p': {
    why: 'Small screens and slow connections; the cheapest with video.',
    frameRate: '30',
    renditions: RUNGS.slice(0, 4),
  },
  'hd-720p': { why: 'Enough for most events.', frameRate: '30', renditions: RUNGS.slice(0, 5) },
  'hd-1080p': {
    why: 'For large screens; MediaLive charges for a larger input class.',
    frameRate: '30',
    renditions: RUNGS,
  },
  'uhd-2160p': {
    why: 'For 4K screens. HEVC, because H.264 needs about twice the bits at this size; in all renditions, because players do not change codecs during playback. Devices without HEVC play nothing.',
    frameRate: '30',
    renditions: hevc([
      [640, 360, 600, 'MAIN', 7],
      [960, 540, 1600, 'MAIN', 7],
      [1280, 720, 2700, 'MAIN', 8],
      [1920, 1080, 5000, 'MAIN', 8],
      [2560, 1440, 8500, 'MAIN', 8],
      [3840, 2160, 16_000, 'MAIN', 8],
    ]),
  },
  sports: {
    why: "Fast motion: 60 frames/s (set `frameRate: '50'` for cameras with 50), and at least 1.5 times the bits, for twice the frames. Fewer rungs, because each is charged as above 30 frames/s.",
    frameRate: '60',
    renditions: h264([
      [512, 288, 800, 'MAIN', 7],
      [640, 360, 1500, 'MAIN', 7],
      [960, 540, 3000, 'HIGH', 8],
      [1280, 720, 4500, 'HIGH', 8],
      [1920, 1080, 7500, 'HIGH', 9],
    ]),
  },
  slides: {
    why: 'Slides, code and talking heads, where sharp letters matter more than motion: 15 frames/s, large frames at few bits, and HIGH, whose larger transform keeps edges clean.',
    frameRate: '15',
    renditions: h264([
      [640, 360, 250, 'HIGH', 7],
      [1280, 720, 700, 'HIGH', 8],
      [1920, 1080, 1500, 'HIGH', 9],
    ]),
  },
  'audio-only': {
    why: 'Audio without video, with `origin: s3`. MediaPackage takes no input without video.',
    frameRate: '30',
    renditions: [],
  },
} as const satisfies Record<string, LadderPreset>;

function rendition(codec: Rendition['codec'], [width, height, kilobits, profile, quality]: Rung): Rendition {
  return { codec, width, height, bitrate: kilobits * 1000, profile, rateControl: 'qvbr', quality };
}
