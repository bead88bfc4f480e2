import { describe, expect, test } from '@jest/globals';
import { costReport } from '../../bin/cost/report';
import { liveStream } from '../../lib/channel/live-stream';
import { accessParts } from '../../lib/cost/access-cost';
import { viewerCostPerHour } from '../../lib/cost/cost';
import { LIST_PRICES } from '../../lib/cost/prices';

const sum = (parts: readonly { readonly usd: number }[]) => parts.reduce((all, { usd }) => all + usd, 0);

describe('the cost of viewer access', () => {
  test.each([
    ['HLS with segments of 4 s', 3600, 0.0006],
    ['LL-HLS with parts of 0.5 s', 28_800, 0.0046],
  ])('of a viewer-hour of %s is what docs/access.md says', (_, requests, usd) => {
    expect(sum(accessParts({ requests, viewerHours: 1 }))).toBeCloseTo(usd, 4);
  });

  test('is added for a private channel, and for no other', () => {
    const channel = { ladder: 'hd-720p', latency: 'standard' } as const;
    const names = (isPrivate: boolean) => viewerCostPerHour(channel, {}, { isPrivate }).parts.map(({ name }) => name);
    expect(names(true)).toEqual([...names(false), 'gate', 'keys at the edge', 'sessions']);
  });

  test('is in the report of the channels that need a session', () => {
    const input = { kind: 'test-clip' } as const;
    const channels = [
      { name: 'main', input },
      { name: 'free', input, access: 'public' as const },
    ];
    const report = costReport(liveStream({ access: {}, operations: false, channels }), LIST_PRICES, 0.99, undefined);
    const gated = report.channels.map(({ perViewerHour }) => perViewerHour.parts.some(({ name }) => name === 'gate'));
    expect(gated).toEqual([true, false]);
  });
});
