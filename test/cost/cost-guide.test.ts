import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { cents, delivery, gbPerHour, runningCostPerHour, viewerCost } from '../../lib/cost/cost';
import type { CostPart } from '../../lib/cost/cost-part';
import { GUIDE_PRICES } from '../../lib/cost/prices';

const sum = (parts: readonly CostPart[]) => parts.reduce((total, { usd }) => total + usd, 0);
const total = (lines: Readonly<Record<string, number>>) =>
  cents(Object.values(lines).reduce((all, usd) => all + usd, 0));

/** An example of the guide: its profile, two pipelines, so many viewers for so many hours, in cents a line. */
function example(ladder: 'sd-540p' | 'hd-1080p', viewers: number, hours: number) {
  const described = twoPipelines(ladder);
  const running = runningCostPerHour(described, { prices: GUIDE_PRICES }).parts;
  const watched = viewerCost(described, { viewerHours: viewers * hours }, { prices: GUIDE_PRICES }).parts;
  const line = (parts: readonly CostPart[], named: (name: string) => boolean, times = 1) =>
    cents(times * sum(parts.filter(({ name }) => named(name))));
  return {
    encoding: line(running, (name) => name !== 'ingest', hours),
    ingest: line(running, (name) => name === 'ingest', hours),
    origination: line(watched, (name) => name === 'origination'),
    delivery: line(watched, (name) => name === 'delivery'),
  };
}

describe('the cost model, held against the examples of the guide of Live Streaming on AWS', () => {
  test('comes to 69.74 USD for SD-540p, 1,000 viewers and an hour, line by line', () => {
    const published = { encoding: 1.99, ingest: 0.11, origination: 0.4, delivery: 67.24 };
    expect(example('sd-540p', 1000, 1)).toEqual(published);
    expect(total(published)).toBe(69.74);
  });

  test('comes to 1,505.66 for HD-1080p and 10,000 viewers, 6 cents above the guide, which cuts off parts of a GB and of a cent', () => {
    const published = { encoding: 3.75, ingest: 0.28, origination: 9.01, delivery: 1492.56 };
    const ours = { ...published, ingest: 0.29, delivery: 1492.61 };
    expect(example('hd-1080p', 10_000, 1)).toEqual(ours);
    expect([total(ours), total(published)]).toEqual([1505.66, 1505.6]);
    // 0.05: 18,017.58 GB are counted as 18,017.
    expect(gbPerHour(4_100_000) * 10_000).toBeCloseTo(18_017.58, 2);
    expect(cents(sum(delivery(18_017, 0, GUIDE_PRICES)))).toBe(published.delivery);
    // 0.01: 9.66 GB of ingest come to 0.2898, which is printed as 0.28.
    expect(9.66 * 0.03).toBeCloseTo(0.2898, 10);
    expect(Math.floor(28.98) / 100).toBe(published.ingest);
  });

  test('delivers in volume tiers, as the sum of the guide’s second example does and its table (1,531.49) does not', () => {
    const gb = gbPerHour(4_100_000) * 10_000;
    expect(cents(gb * 0.085)).toBe(1531.49);
    expect(cents(sum(delivery(gb, 0, GUIDE_PRICES)))).toBe(1492.61);
    expect(cents(10_240 * 0.085 + (18_017 - 10_240) * 0.08)).toBe(1492.56);
  });

  test('comes to 3,760.04 for HD-1080p, 100 viewers and 200 hours, where the guide (3,838.69) originates the volume of ingest', () => {
    const published = { encoding: 750, ingest: 58.01, origination: 96.68, delivery: 2934 };
    const ours = { ...published, origination: 18.02, delivery: 2934.01 };
    expect(example('hd-1080p', 100, 200)).toEqual(ours);
    expect([total(ours), total(published)]).toEqual([3760.04, 3838.69]);
    // 78.66: the ingest of the six renditions on two pipelines, in place of 1 % of what is delivered.
    expect(cents(gbPerHour(11_000_000) * 2 * 200 * 0.05)).toBe(published.origination);
    expect(cents(gbPerHour(4_100_000) * 100 * 200 * 0.01 * 0.05)).toBe(ours.origination);
    // -0.01: 36,035.16 GB are counted as 36,035.
    expect(cents(sum(delivery(36_035, 0, GUIDE_PRICES)))).toBe(published.delivery);
  });

  test('counts a GB as the guide’s figures do, not as the formula that it prints', () => {
    expect(gbPerHour(11_000_000) * 2 * 200).toBeCloseTo(1933.59, 2);
    expect((11_000 / 8 / 1024 / 1024) * 3600 * 2 * 200).toBeCloseTo(1888.28, 2);
  });
});

describe('docs/cost.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'cost.md'), 'utf8');
  const written = (amount: number) =>
    amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  test.each([
    ['SD-540p, 1,000 viewers, 1 hour', 69.74, example('sd-540p', 1000, 1)],
    ['HD-1080p, 10,000 viewers, 1 hour', 1505.6, example('hd-1080p', 10_000, 1)],
    ['HD-1080p, 100 viewers, 200 hours', 3838.69, example('hd-1080p', 100, 200)],
  ])('has what the model makes of %s beside what the guide says', (name, published, ours) => {
    expect(page).toContain(`| ${name} | ${written(published)} | ${written(total(ours))} |`);
  });

  test.each([
    ['GB of the second example', `${written(gbPerHour(4_100_000) * 10_000)} GB`],
    ['GB of the third example', `${written(gbPerHour(4_100_000) * 20_000)} GB`],
    ['GB that the third example ingests', `${written(gbPerHour(11_000_000) * 400)} GB`],
    ['GB that the third example originates', `${written(gbPerHour(4_100_000) * 200)} GB, or 18.02`],
    ['the guide’s error', `(${written(96.68 - 18.02)})`],
  ])('has the %s', (_, figure) => {
    expect(page).toContain(figure);
  });
});

function twoPipelines(ladder: 'sd-540p' | 'hd-1080p') {
  const name = 'example';
  const { channels } = liveStream({
    channels: [{ name, input: { kind: 'test-clip' }, ladder, redundancy: 'two-pipelines' }],
  });
  const [made] = channels;
  if (made === undefined) throw new Error('There is no channel');
  return made;
}
