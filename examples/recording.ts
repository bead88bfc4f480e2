/** Viewers go back a quarter of an hour while the channel is live, and every show becomes a recording that is kept for a month, with a poster and a storyboard. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [{ name: 'main', input: { kind: 'test-clip' }, rewind: 15, recording: { pictures: true } }],
} satisfies LiveStreamInput;
