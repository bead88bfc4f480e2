/** Alarms for a show that must not be late, silent or frozen, and notices by e-mail. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  notices: { emails: ['operations@example.com'] },
  operations: {
    alarms: { delaySeconds: 30, silenceMinutes: 3 },
    runbook: 'https://www.example.com/live/runbook',
  },
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
