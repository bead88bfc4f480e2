import { describe, expect, test } from '@jest/globals';
import { costReport } from '../../bin/cost/report';
import { liveStream } from '../../lib/channel/live-stream';
import { REPORTS, reportParts } from '../../lib/cost/analytics-cost';
import { LIST_PRICES } from '../../lib/cost/prices';

const sum = (parts: readonly { readonly usd: number }[]) => parts.reduce((all, { usd }) => all + usd, 0);

describe('the cost of reports', () => {
  test('is what docs/audience.md says of a million, and of a thousand hours of viewing', () => {
    expect(sum(reportParts(1_000_000, LIST_PRICES.edgeRequests))).toBeCloseTo(1.94, 2);
    expect(sum(reportParts(1000 * REPORTS.perHour, LIST_PRICES.edgeRequests))).toBeCloseTo(0.24, 2);
  });

  test('is in the report of a stack with analytics, and of no other', () => {
    const channels = [{ name: 'main', input: { kind: 'test-clip' } as const }];
    const counted = (analytics?: true) =>
      costReport(
        liveStream({ analytics, operations: false, channels }),
        LIST_PRICES,
        0.99,
        undefined,
      ).channels[0]?.perViewerHour.parts.some(({ name }) => name.startsWith('reports'));
    expect([counted(true), counted()]).toEqual([true, false]);
  });
});
