/** An MP4 file in your bucket, in a loop. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [{ name: 'main', input: { kind: 'mp4-file', sources: [{ url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }] } }],
} satisfies LiveStreamInput;
