import { describe, expect, test } from '@jest/globals';
import { cents, delivery, runningCostPerHour, viewerCost } from '../../lib/channel/cost';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { GUIDE_PRICES, LIST_PRICES } from '../../lib/channel/prices';

type Channel = LiveStreamInput['channels'][number];

function channel(of: Partial<Channel>) {
  const [made] = liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' }, ...of } as Channel] }).channels;
  if (made === undefined) throw new Error('There is no channel');
  return made;
}

/** An example of the guide: its profile, two pipelines, so many viewers for so many hours, in cents a line. */
function example(ladder: 'sd-540p' | 'hd-1080p', viewers: number, hours: number) {
  const described = channel({ ladder, redundancy: 'two-pipelines' });
  const running = runningCostPerHour(described, GUIDE_PRICES).parts;
  const watched = viewerCost(described, { viewerHours: viewers * hours }, GUIDE_PRICES).parts;
  const sum = (parts: readonly { name: string; usd: number }[], which: (name: string) => boolean) =>
    cents(parts.filter(({ name }) => which(name)).reduce((total, { usd }) => total + usd, 0));
  const lines = {
    encoding: cents(hours * running.filter(({ name }) => name !== 'ingest').reduce((total, { usd }) => total + usd, 0)),
    ingest: cents(hours * running.filter(({ name }) => name === 'ingest').reduce((total, { usd }) => total + usd, 0)),
    origination: sum(watched, (name) => name === 'origination'),
    delivery: sum(watched, (name) => name === 'delivery'),
  };
  return { ...lines, total: cents(Object.values(lines).reduce((total, usd) => total + usd, 0)) };
}

describe('the cost model, held against the examples of the guide of Live Streaming on AWS', () => {
  test('comes to 69.74 USD for SD-540p, 1,000 viewers and an hour, line by line', () => {
    expect(example('sd-540p', 1000, 1)).toEqual({
      encoding: 1.99,
      ingest: 0.11,
      origination: 0.4,
      delivery: 67.24,
      total: 69.74,
    });
  });

  test('comes to 6 cents more than the 1,505.60 USD for HD-1080p and 10,000 viewers: the guide cuts off parts of a GB', () => {
    const ours = example('hd-1080p', 10_000, 1);
    expect(ours).toMatchObject({ encoding: 3.75, origination: 9.01 });
    // 0.2898 is printed as 0.28 there, and 18,017.58 GB are counted as 18,017.
    const published = { ingest: 0.28, delivery: 1492.56, total: 1505.6 };
    expect(cents(ours.ingest - published.ingest)).toBe(0.01);
    expect(cents(ours.delivery - published.delivery)).toBe(0.05);
    expect(cents(ours.total - published.total)).toBe(0.06);
  });

  test('delivers in volume tiers, where a table of the guide has one price for all', () => {
    const tiered = delivery(18_017, 0, GUIDE_PRICES).reduce((sum, { usd }) => sum + usd, 0);
    expect(cents(tiered)).toBe(1492.56);
    expect(cents(18_017 * 0.085)).toBe(1531.45);
  });

  test('comes to less than the 3,838.69 USD for 200 hours, where the guide takes the volume of ingest for that of origination', () => {
    const ours = example('hd-1080p', 100, 200);
    expect(ours).toMatchObject({ encoding: 750, ingest: 58.01, origination: 18.02 });
    const published = { origination: 96.68, delivery: 2934.0, total: 3838.69 };
    // 1,933.59 GB of ingest at 0.05, where 1 % of 36,035 GB is asked of the packager.
    expect(cents(1933.59 * 0.05)).toBe(published.origination);
    // In tiers, that is the delivery of the published table to the cent of a part of a GB.
    expect(Math.abs(ours.delivery - published.delivery)).toBeLessThan(0.02);
    expect(cents(published.total - ours.total)).toBeCloseTo(published.origination - ours.origination, 1);
  });
});

describe('the cost of running', () => {
  const usd = (of: Partial<Channel>) => runningCostPerHour(channel(of)).usd;

  test('is the sum of its parts', () => {
    const { usd: whole, parts } = runningCostPerHour(channel({}));
    expect(parts.reduce((sum, part) => sum + part.usd, 0)).toBeCloseTo(whole, 10);
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['input up to 10 Mbit/s', 'ingest']));
  });

  test.each<[string, Partial<Channel>, Partial<Channel>]>([
    ['a second pipeline', {}, { redundancy: 'two-pipelines' }],
    ['more renditions', { ladder: 'sd-540p' }, { ladder: 'hd-720p' }],
    ['60 frames per second', {}, { frameRate: '60' }],
  ])('grows with %s', (_, less, more) => {
    expect(usd(more)).toBeGreaterThan(usd(less));
  });

  test('marks what was not found in a list as estimated', () => {
    const bases = runningCostPerHour(channel({ frameRate: '60' })).parts.map(({ price }) => price.basis);
    expect(bases).toContain('estimated');
  });
});

describe('every price', () => {
  test.each([
    ['list', LIST_PRICES],
    ['guide', GUIDE_PRICES],
  ])('of the %s has a source and a date', (_, book) => {
    const found = JSON.stringify(book).match(/"usd":/g) ?? [];
    expect(found.length).toBeGreaterThan(8);
    expect(JSON.stringify(book).match(/"source":"https:/g)).toHaveLength(found.length);
    expect(JSON.stringify(book).match(/"date":"20\d\d-\d\d-\d\d"/g)).toHaveLength(found.length);
  });
});

describe('the cost of viewers', () => {
  test.each([
    ['viewer-hours', { viewerHours: -1 }],
    ['a hit ratio', { hitRatio: 1.5 }],
    ['GB', { deliveredGb: Number.NaN }],
  ])('refuses %s that cannot be', (_, audience) => {
    expect(() => viewerCost(channel({}), audience)).toThrow(RangeError);
  });
});
