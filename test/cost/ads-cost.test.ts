import { describe, expect, test } from '@jest/globals';
import { costReport } from '../../bin/cost/report';
import { liveStream } from '../../lib/channel/live-stream';
import { ADS, adCosts, adParts, TAILOR_PRICE } from '../../lib/cost/ads-cost';
import { reportParts } from '../../lib/cost/analytics-cost';
import { LIST_PRICES } from '../../lib/cost/prices';

const sum = (parts: readonly { readonly usd: number }[]) => parts.reduce((all, { usd }) => all + usd, 0);

function report(ads?: true, analytics?: true) {
  const main = { name: 'main', input: { kind: 'test-clip' } as const, adMarkers: { manifests: 'daterange' } as const };
  const channels = [main, { ...main, name: 'plain', adMarkers: 'none' as const }];
  return costReport(liveStream({ ads, analytics, operations: false, channels }), LIST_PRICES, 0.99, undefined);
}

describe('the cost of ads', () => {
  test('is what docs/advertising.md says of a million', () => {
    expect(sum(adParts(1_000_000 / ADS.perHour, LIST_PRICES.edgeRequests))).toBeCloseTo(5.5, 2);
    expect(sum(reportParts(1_000_000 * ADS.reports, LIST_PRICES.edgeRequests))).toBeCloseTo(9.7, 1);
  });

  test('is in the reports of the audience where there are some', () => {
    const reports = ({ channels }: ReturnType<typeof report>) =>
      sum(channels[0]?.perViewerHour.parts.filter(({ name }) => /^(ads|reports),/.test(name)) ?? []);
    const added = reports(report(true, true)) - reports(report(undefined, true));
    expect(added).toBeCloseTo(sum(reportParts(ADS.perHour * ADS.reports, LIST_PRICES.edgeRequests)), 10);
  });

  test('of MediaTailor is counted by the ad, and without reports where another server has them', () => {
    const hours = 1000 / ADS.perHour;
    const names = (reported: boolean) =>
      adParts(hours, undefined, { tailored: true, reported }).map(({ name }) => name);
    expect(names(true)).toEqual(['ads, MediaTailor', 'ads, reports']);
    expect(names(false)).toEqual(['ads, MediaTailor']);
    expect(sum(adParts(hours, undefined, { tailored: true, reported: false }))).toBeCloseTo(TAILOR_PRICE.usd, 6);
    expect(adCosts(liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' } }] }))).toBeUndefined();
  });

  test('is in the report of the channels whose breaks are filled, and of no other', () => {
    const counted = ({ channels }: ReturnType<typeof report>) =>
      channels.map(({ perViewerHour }) => perViewerHour.parts.some(({ name }) => name.startsWith('ads')));
    expect(counted(report(true))).toEqual([true, false]);
    expect(counted(report())).toEqual([false, false]);
  });

  test('comes with its assumptions and with what is left out', () => {
    const said = ({ assumptions, notIncluded }: ReturnType<typeof report>) =>
      [...assumptions, ...notIncluded].filter((line) => line.includes('ads'));
    expect(said(report(true))).toHaveLength(4);
    expect(said(report())).toEqual([]);
  });
});
