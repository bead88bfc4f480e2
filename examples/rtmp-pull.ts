/** RTMP that MediaLive pulls from a server, with a password in the SSM parameter of this name. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: {
        kind: 'rtmp-pull',
        sources: [
          { url: 'rtmp://203.0.113.7/live/main', username: 'medialive', passwordParameter: '/live/rtmp-password' },
        ],
      },
    },
  ],
} satisfies LiveStreamInput;
