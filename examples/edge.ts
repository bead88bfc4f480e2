/** A stream that plays on the pages of one web site only, with access logs that outlive the stack. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  edge: { corsOrigins: ['https://www.example.com'], accessLogs: 'retain' },
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
