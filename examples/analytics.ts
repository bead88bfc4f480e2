/** Players report what viewers get; the reports are kept for half a year, also when the stack is deleted. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  analytics: { keepDays: 180, onDelete: 'retain' },
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, latency: 'low' },
    { name: 'stage', input: { kind: 'test-clip' } },
  ],
} satisfies LiveStreamInput;
