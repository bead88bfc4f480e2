/** A transport stream with two languages for viewers to choose from: English first, German by its packet id. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'ts-file', sources: [{ url: 'https://www.example.com/two-languages.ts' }], loop: true },
      audio: [
        { language: 'eng', name: 'English' },
        { language: 'deu', name: 'Deutsch', from: { pid: 482 } },
      ],
    },
  ],
} satisfies LiveStreamInput;
