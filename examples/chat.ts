/** Viewers chat beside the picture; some words are refused, and what was said is kept for a month. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      latency: 'low',
      chat: { words: ['forbidden', 'insult*'], slowSeconds: 3, holdBack: true, keepLogDays: 30 },
    },
    { name: 'stage', input: { kind: 'test-clip' } },
  ],
} satisfies LiveStreamInput;
