/** The encodes that a ladder must become. */
export interface ExpectedLadder {
  /** The video descriptions, from the lowest bitrate. */
  readonly renditions: readonly string[];
  readonly codec: 'H264Settings' | 'H265Settings';
  readonly framesPerSecond: number;
}

const SIX = [
  'video-512x288-400k',
  'video-640x360-800k',
  'video-768x432-1200k',
  'video-960x540-1800k',
  'video-1280x720-2700k',
  'video-1920x1080-4100k',
];

/** The expected encodes by preset, not taken from lib/. A new preset needs a row. */
export const LADDERS: Readonly<Record<string, ExpectedLadder>> = {
  'sd-540p': { renditions: SIX.slice(0, 4), codec: 'H264Settings', framesPerSecond: 30 },
  'hd-720p': { renditions: SIX.slice(0, 5), codec: 'H264Settings', framesPerSecond: 30 },
  'hd-1080p': { renditions: SIX, codec: 'H264Settings', framesPerSecond: 30 },
  'uhd-2160p': {
    renditions: [
      'video-640x360-600k',
      'video-960x540-1600k',
      'video-1280x720-2700k',
      'video-1920x1080-5000k',
      'video-2560x1440-8500k',
      'video-3840x2160-16000k',
    ],
    codec: 'H265Settings',
    framesPerSecond: 30,
  },
  sports: {
    renditions: [
      'video-512x288-800k',
      'video-640x360-1500k',
      'video-960x540-3000k',
      'video-1280x720-4500k',
      'video-1920x1080-7500k',
    ],
    codec: 'H264Settings',
    framesPerSecond: 60,
  },
  slides: {
    renditions: ['video-640x360-250k', 'video-1280x720-700k', 'video-1920x1080-1500k'],
    codec: 'H264Settings',
    framesPerSecond: 15,
  },
  'audio-only': { renditions: [], codec: 'H264Settings', framesPerSecond: 30 },
};

/** Seconds of a GOP and of a segment that viewers load, by latency. */
export const LATENCIES: Readonly<Record<string, { readonly gop: number; readonly segment: number }>> = {
  standard: { gop: 2, segment: 4 },
  low: { gop: 1, segment: 2 },
};
