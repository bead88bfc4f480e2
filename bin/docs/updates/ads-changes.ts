import type { LiveStreamInput } from '../../../lib/channel/live-stream';

const described = (more: Pick<LiveStreamInput, 'ads'>): Partial<LiveStreamInput> => ({
  ...more,
  channels: [{ name: 'main', input: { kind: 'test-clip' }, adMarkers: { manifests: 'daterange' } }],
});

/** Changes of the ads in breaks. */
export const ADS_UPDATES = [
  { option: 'ads', change: 'they are added', before: described({}), after: described({ ads: true }) },
  {
    option: 'ads.skipAfterSeconds',
    before: described({ ads: true }),
    after: described({ ads: { skipAfterSeconds: 5 } }),
  },
  {
    option: 'ads.nativePlayers',
    before: described({ ads: true }),
    after: described({ ads: { nativePlayers: true } }),
  },
  {
    option: 'ads.service',
    before: described({ ads: true }),
    after: described({ ads: { service: 'mediatailor' } }),
  },
  {
    option: 'ads.decisionUrl',
    before: described({ ads: { service: 'mediatailor' } }),
    after: described({ ads: { service: 'mediatailor', decisionUrl: 'https://ads.example.com/vast' } }),
  },
  {
    option: 'ads.slateUrl',
    before: described({ ads: { service: 'mediatailor' } }),
    after: described({ ads: { service: 'mediatailor', slateUrl: 'https://example.com/slate.mp4' } }),
  },
  {
    option: 'ads.encoder',
    before: described({ ads: true }),
    after: described({ ads: { encoder: 'mediaconvert' } }),
  },
  { option: 'ads.onDelete', before: described({ ads: true }), after: described({ ads: { onDelete: 'retain' } }) },
] as const;
