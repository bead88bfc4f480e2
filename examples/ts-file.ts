/** A transport stream file from a server, played once. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'ts-file', sources: [{ url: 'https://www.example.com/recording.ts' }], loop: false },
    },
  ],
} satisfies LiveStreamInput;
