import type { LiveStreamInput } from '../../lib/channel/live-stream';

/** The test clip in one small rendition, so that its encoder leaves the machine to the browsers of a test. */
export const SMALL_CHANNEL = {
  name: 'main',
  input: { kind: 'test-clip' },
  ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
  latency: 'low',
} as const satisfies LiveStreamInput['channels'][number];
