/** A Link device: replace the id by that of yours. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [{ name: 'main', input: { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] } }],
} satisfies LiveStreamInput;
