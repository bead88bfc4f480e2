/** MediaConvert prepares the clips of ads, so that the machine of the operator needs no ffmpeg. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  ads: { encoder: 'mediaconvert', onDelete: 'retain' },
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      frameRate: '30000/1001',
      adMarkers: { manifests: 'daterange' },
    },
  ],
} satisfies LiveStreamInput;
