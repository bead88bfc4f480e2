/** A file with a transport stream from a server, once. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'ts-file', sources: [{ url: 'https://www.example.com/recording.ts' }], loop: false },
    },
  ],
} satisfies LiveStreamInput;
