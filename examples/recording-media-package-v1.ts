/** Rewind and recordings on MediaPackage v1: a longer manifest beside each live one, and harvests of every show in HLS. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 'media-package-v1',
  channels: [{ name: 'main', input: { kind: 'test-clip' }, rewind: 15, recording: true }],
} satisfies LiveStreamInput;
