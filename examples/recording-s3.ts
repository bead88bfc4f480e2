/** Recordings of a channel whose origin is a bucket: the recorder copies new segments every minute. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 's3',
  channels: [{ name: 'main', input: { kind: 'test-clip' }, rewind: 15, recording: true }],
} satisfies LiveStreamInput;
