/** An HLS stream that MediaLive pulls from a server. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    { name: 'main', input: { kind: 'hls-pull', sources: [{ url: 'https://www.example.com/live/index.m3u8' }] } },
  ],
} satisfies LiveStreamInput;
