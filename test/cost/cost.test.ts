import { describe, expect, test } from '@jest/globals';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import {
  billedHours,
  cents,
  delivery,
  idleCostPerHour,
  requestsPerHour,
  runningCostPerHour,
  viewerCost,
  viewerCostPerHour,
} from '../../lib/cost/cost';
import type { CostPart } from '../../lib/cost/cost-part';
import { GUIDE_PRICES, LIST_PRICES } from '../../lib/cost/prices';

type Channel = LiveStreamInput['channels'][number];

function channel(of: Partial<Channel>) {
  const [made] = liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' }, ...of } as Channel] }).channels;
  if (made === undefined) throw new Error('There is no channel');
  return made;
}

const sum = (parts: readonly CostPart[]) => parts.reduce((total, { usd }) => total + usd, 0);

describe('the cost of running', () => {
  const usd = (of: Partial<Channel>) => runningCostPerHour(channel(of)).usd;

  test.each<[string, Partial<Channel>]>([
    ['by default', {}],
    ['of two pipelines', { redundancy: 'two-pipelines', ladder: 'hd-1080p' }],
    ['at 60 frames per second', { frameRate: '60' }],
  ])('%s is the sum of its parts, and each part its quantity times its price', (_, of) => {
    const { usd: whole, parts } = runningCostPerHour(channel(of));
    expect(sum(parts)).toBeCloseTo(whole, 10);
    for (const part of parts) expect(part.quantity * part.price.usd).toBeCloseTo(part.usd, 10);
  });

  test('has a part for the input, for each rendition, and for ingest', () => {
    expect(runningCostPerHour(channel({ ladder: 'sd-540p' })).parts.map(({ name }) => name)).toEqual([
      'input up to 10 Mbit/s',
      'video-512x288-400k',
      'video-640x360-800k',
      'video-768x432-1200k',
      'video-960x540-1800k',
      'ingest',
    ]);
  });

  test.each<[string, Partial<Channel>, Partial<Channel>]>([
    ['a second pipeline', {}, { redundancy: 'two-pipelines' }],
    ['720 lines above 540', { ladder: 'sd-540p' }, { ladder: 'hd-720p' }],
    ['1080 lines above 720', { ladder: 'hd-720p' }, { ladder: 'hd-1080p' }],
    ['60 frames per second', {}, { frameRate: '60' }],
    ['60000/1001 frames per second', { frameRate: '30000/1001' }, { frameRate: '60000/1001' }],
    [
      '60 frames per second in one rendition of two',
      { frameRate: '60', ladder: [{ ...rendition(1_000_000), frameRate: '30' }] },
      { frameRate: '60', ladder: [rendition(1_000_000)] },
    ],
    ['HEVC and 2160 lines', { ladder: 'hd-1080p' }, { ladder: 'uhd-2160p' }],
    ['a bitrate above 10 Mbit/s', { ladder: [rendition(10_000_000)] }, { ladder: [rendition(10_000_001)] }],
  ])('grows with %s', (_, less, more) => {
    expect(usd(more)).toBeGreaterThan(usd(less));
  });

  test.each<[string, Partial<Channel>]>([
    ['25', { frameRate: '25' }],
    ['29.97', { frameRate: '30000/1001' }],
  ])('is at %s frames per second what it is at 30', (_, of) => {
    expect(usd(of)).toBe(usd({}));
  });

  test('of an output is SD under 720 lines, HD from there on', () => {
    const whats = (height: number) =>
      runningCostPerHour(channel({ ladder: [rendition(2_000_000, height)] })).parts[1]?.price.what;
    expect([whats(718), whats(720)]).toEqual([
      'MediaLive output, SD AVC, one pipeline',
      'MediaLive output, HD AVC, one pipeline',
    ]);
  });

  test('of HEVC above 1080 lines is named for both, and has an input of that size', () => {
    const whats = runningCostPerHour(channel({ ladder: 'uhd-2160p' })).parts.map(({ price }) => price.what);
    expect(whats[0]).toBe('MediaLive input, UHD HEVC, 20 to 50 Mbit/s, one pipeline');
    expect(whats[6]).toBe('MediaLive output, UHD HEVC, one pipeline, above 10 Mbit/s');
  });

  test('of audio without video is that of its input and of its PUT requests, and a viewer loads the audio', () => {
    const [sound] = liveStream({
      origin: 's3',
      channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder: 'audio-only', audio: { bitrate: 128_000 } }],
    }).channels;
    if (sound === undefined) throw new Error('There is no channel');
    const { parts } = runningCostPerHour(sound, { origin: 's3' });
    expect(parts.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['input up to 10 Mbit/s', 1],
      ['ingest', 0.27],
    ]);
    expect(viewerCost(sound, {}, { origin: 's3' }).gb).toBeCloseTo((0.128 / 8 / 1024) * 3600, 10);
  });

  test.each<[string, Partial<Channel>, RegExp]>([
    ['above 30 frames per second', { frameRate: '60' }, /above 30 frames\/s not found; twice the price/],
    ['above 10 Mbit/s', { ladder: [rendition(12_000_000)] }, /above 10 Mbit\/s not found/],
    ['of HEVC', { ladder: 'uhd-2160p' }, /HEVC not found; twice the price/],
  ])('marks an output %s as estimated, with the reason, under a name of its own', (_, of, reason) => {
    const prices = runningCostPerHour(channel(of)).parts.map(({ price }) => price);
    const known = runningCostPerHour(channel({})).parts.map(({ price }) => price);
    const outputs = prices.filter(({ what }) => what.startsWith('MediaLive output'));
    expect(outputs.map(({ basis }) => basis)).toEqual(outputs.map(() => 'estimated'));
    for (const { what, note } of outputs) {
      expect(note).toMatch(reason);
      expect(known.map((price) => price.what)).not.toContain(what);
    }
  });

  test('gives every reason of an estimate that starts from an estimate', () => {
    const { parts } = runningCostPerHour(channel({ frameRate: '60' }), { prices: GUIDE_PRICES });
    expect(parts[1]?.price.note).toBe(
      'not found for one pipeline; 0.6 of the price for two; above 30 frames/s not found; twice the price, as MediaConvert asks',
    );
  });

  test.each([
    [0, 0],
    [0.01, 10 / 60],
    [0.5, 0.5],
    [0.501, 31 / 60],
    [1.1, 1.1],
    [200, 200],
  ])('of %s hours is billed in whole minutes, at least ten', (hours, billed) => {
    expect(billedHours(hours)).toBeCloseTo(billed, 10);
  });
});

describe('the cost of being idle', () => {
  test('is an estimated price per hour', () => {
    const { usd, parts } = idleCostPerHour();
    expect(usd).toBe(LIST_PRICES.idleChannel.usd);
    expect(parts.map(({ price }) => price.basis)).toEqual(['estimated']);
  });
});

describe('delivery', () => {
  const parts = (gb: number, before: number) =>
    delivery(gb, before, LIST_PRICES).map(({ quantity, price }) => [quantity, price.usd]);

  test.each([
    ['nothing', 0, 0, []],
    ['the first tier to its end', 10_240, 0, [[10_240, 0.085]]],
    [
      'a GB beyond it',
      10_241,
      0,
      [
        [10_240, 0.085],
        [1, 0.08],
      ],
    ],
    ['what comes after a full tier', 5, 10_240, [[5, 0.08]]],
    [
      'what reaches over three tiers',
      150_000,
      10_000,
      [
        [240, 0.085],
        [40_960, 0.08],
        [102_400, 0.06],
        [6_400, 0.04],
      ],
    ],
    ['the last tier, which has no end', 1e7, 6e6, [[1e7, 0.02]]],
  ])('of %s is charged tier by tier', (_, gb, before, expected) => {
    expect(parts(gb, before)).toEqual(expected);
  });

  test.each([
    ['list', LIST_PRICES],
    ['guide', GUIDE_PRICES],
  ])('has tiers in the %s that rise in volume, fall in price and have no end', (_, { egress }) => {
    const sizes = egress.map(({ upToGb }) => upToGb);
    const usd = egress.map(({ price }) => price.usd);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(usd).toEqual([...usd].sort((a, b) => b - a));
    expect(sizes.at(-1)).toBe(Number.POSITIVE_INFINITY);
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

  test.each([
    ['list', LIST_PRICES],
    ['guide', GUIDE_PRICES],
  ])('of the %s that is not published has a note', (_, book) => {
    const unpublished = JSON.stringify(book).match(/"basis":"(?:reported|estimated)"/g) ?? [];
    expect(unpublished.length).toBeGreaterThan(0);
    expect(JSON.stringify(book).match(/"note":"./g)).toHaveLength(unpublished.length);
  });

  test('of one pipeline is 0.6 of the price for two', () => {
    const { input, output } = LIST_PRICES;
    for (const rate of [10, 20] as const) expect(input[1][rate].usd).toBeCloseTo(input[2][rate].usd * 0.6, 4);
    for (const size of ['SD', 'HD'] as const) expect(output[1][size].usd).toBeCloseTo(output[2][size].usd * 0.6, 4);
  });
});

describe('the cost of viewers', () => {
  test('by the hour is that of one viewer-hour, and the sum of its parts', () => {
    const { usd, parts } = viewerCostPerHour(channel({}));
    expect(usd).toBe(viewerCost(channel({}), { viewerHours: 1 }).usd);
    expect(sum(parts)).toBeCloseTo(usd, 10);
    expect(parts.map(({ name }) => name)).toEqual(['delivery', 'edge requests', 'origination']);
  });

  test('falls with the share that the edge has cached, down to nothing for origination', () => {
    const usd = (hitRatio: number) => viewerCost(channel({}), { hitRatio });
    expect(usd(0.9).usd).toBeGreaterThan(usd(0.99).usd);
    expect(usd(1).parts.find(({ name }) => name === 'origination')?.usd).toBe(0);
  });

  test('counts a request for every segment, and for every part with low latency', () => {
    expect(requestsPerHour(channel({ latency: 'standard' }))).toBe((4 * 3600) / 4);
    expect(requestsPerHour(channel({ latency: 'low' }))).toBe((4 * 3600) / 0.5);
  });

  test.each([
    ['viewer-hours', { viewerHours: -1 }],
    ['a hit ratio', { hitRatio: 1.5 }],
    ['GB', { deliveredGb: Number.NaN }],
  ])('refuses %s out of range', (_, audience) => {
    expect(() => viewerCost(channel({}), audience)).toThrow(RangeError);
  });
});

describe('cents', () => {
  test.each([
    [1.005, 1.01],
    [0.2898, 0.29],
    [2934.0124, 2934.01],
    [0, 0],
  ])('of %s are %s, a half rounded up', (usd, rounded) => {
    expect(cents(usd)).toBe(rounded);
  });
});

function rendition(bitrate: number, height = 1080) {
  return { width: 1920, height, bitrate } as const;
}
describe('the cost of a channel with a bucket as the origin', () => {
  const options = { origin: 's3' } as const;

  test('has the PUTs of every segment, its playlist and the multivariant playlist in place of ingest by the GB', () => {
    const parts = (of: Partial<Channel>) => runningCostPerHour(channel(of), options).parts;
    const ingest = (of: Partial<Channel>) => parts(of).find(({ name }) => name === 'ingest');
    // 5 renditions, 4 s: 900 times an hour 5 segments, 5 playlists and one that lists them.
    expect(ingest({})).toMatchObject({ quantity: 0.99, price: { unit: '10,000 requests' } });
    expect(ingest({})?.usd).toBeCloseTo(0.0495, 10);
    expect(ingest({ redundancy: 'two-pipelines', latency: 'low' })?.quantity).toBeCloseTo(4 * 0.99, 10);
  });

  test('has the GETs of the edge in place of origination by the GB', () => {
    const origination = (hitRatio: number) =>
      viewerCost(channel({}), { hitRatio }, options).parts.find(({ name }) => name === 'origination');
    expect(origination(0.99)?.quantity).toBeCloseTo((2 * 900 * 0.01) / 10_000, 10);
    expect(origination(1)?.usd).toBe(0);
  });
});

describe('the cost of a channel with a MediaStore container as the origin', () => {
  const options = { origin: 'media-store' } as const;

  test('has ingest by the GB and by the PUT, at prices that are marked as last listed', () => {
    const parts = runningCostPerHour(channel({ redundancy: 'two-pipelines' }), options).parts.slice(-2);
    const gb = runningCostPerHour(channel({ redundancy: 'two-pipelines' })).parts.at(-1)?.quantity;
    expect(parts).toMatchObject([
      { name: 'ingest', quantity: gb, price: { usd: 0.02, unit: 'GB', basis: 'reported' } },
      { name: 'ingest requests', quantity: 2 * 0.99, price: { usd: 0.05, unit: '10,000 requests', basis: 'reported' } },
    ]);
    for (const { price } of parts) expect(price.note).toContain('AWS discontinued MediaStore');
  });

  test('has no origination, because its price for reading was not found', () => {
    const names = viewerCost(channel({}), {}, options).parts.map(({ name }) => name);
    expect(names).not.toContain('origination');
    expect(names).toContain('delivery');
  });
});
