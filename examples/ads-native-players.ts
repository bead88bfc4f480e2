/** The ads in breaks are in the playlists as well, for iPhones and for players of others. The second channel has none. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  ads: { nativePlayers: true },
  analytics: true,
  access: { signIn: 'none' },
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      latency: 'low',
      adMarkers: { manifests: 'daterange' },
      access: 'public',
    },
    { name: 'stage', input: { kind: 'test-clip' }, adMarkers: { manifests: 'daterange' } },
  ],
} satisfies LiveStreamInput;
