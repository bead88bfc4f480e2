/** English captions, marked ad breaks and timed ID3, all taken from the input. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'hls-pull', sources: [{ url: 'https://www.example.com/live/index.m3u8' }] },
      captions: [{ language: 'eng', name: 'English' }],
      adMarkers: { manifests: 'daterange' },
      timedMetadata: true,
    },
  ],
} satisfies LiveStreamInput;
