/** An AWS Elemental Link: use the id of yours. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [{ name: 'main', input: { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] } }],
} satisfies LiveStreamInput;
