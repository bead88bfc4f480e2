/** Mails to one address when a channel was stopped automatically, and once a day while a channel runs. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  notices: { emails: ['operations@example.com'] },
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
