/** Viewers sign in: the first channel is for all of them, the second for a group, the third for everybody. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  access: { signIn: 'cognito', maxSessions: 2 },
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, latency: 'low' },
    { name: 'gold', input: { kind: 'test-clip' }, latency: 'low', access: { groups: ['gold'] } },
    { name: 'free', input: { kind: 'test-clip' }, access: 'public' },
  ],
} satisfies LiveStreamInput;
