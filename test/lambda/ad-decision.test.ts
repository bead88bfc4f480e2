import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Campaign, readCampaigns } from '../../lambda/ad-decision/campaign';
import { fill } from '../../lambda/ad-decision/fill';
import { type BreakRequest, decide } from '../../lambda/ad-decision/handler';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const ad = (id: string, more: Partial<Campaign> = {}): Campaign => ({ id, name: id, seconds: 10, weight: 1, ...more });
const BREAK = { channel: 'main', id: '7', seconds: 30, slot: 0 };
const ids = (ads: readonly Campaign[]) => ads.map(({ id }) => id);

describe('the ads of a break', () => {
  test('are never longer than the break together, and each is shown once', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 63 }), (all, seconds, slot) => {
        const chosen = fill(
          all.map((length, index) => ad(`ad-${index}`, { seconds: length })),
          { ...BREAK, seconds, slot },
          NOW,
        );
        expect(chosen.reduce((sum, one) => sum + one.seconds, 0)).toBeLessThanOrEqual(seconds);
        expect(new Set(ids(chosen)).size).toBe(chosen.length);
      }),
    );
  });

  test('are the same for a group of viewers whenever it asks, and differ between groups', () => {
    const all = [ad('a'), ad('b'), ad('c')];
    const first = (slot: number) => fill(all, { ...BREAK, slot }, NOW)[0]?.id;
    expect(first(3)).toBe(first(3));
    expect(new Set(Array.from({ length: 16 }, (_, slot) => first(slot))).size).toBe(3);
  });

  test('come first by their weights', () => {
    const all = [ad('often', { weight: 3 }), ad('seldom')];
    const firsts = Array.from({ length: 1000 }, (_, index) => fill(all, { ...BREAK, id: String(index) }, NOW)[0]?.id);
    const share = firsts.filter((id) => id === 'often').length / firsts.length;
    expect(share).toBeGreaterThan(0.68);
    expect(share).toBeLessThan(0.82);
  });

  test.each<[string, Partial<Campaign>]>([
    ['before its beginning', { from: '2026-11-29T12:00:01Z' }],
    ['from its end on', { to: '2026-11-29T12:00:00Z' }],
    ['on another channel', { channels: ['stage'] }],
    ['longer than the break', { seconds: 31 }],
  ])('leave out one %s', (_, more) => {
    expect(ids(fill([ad('a', more), ad('b')], BREAK, NOW))).toEqual(['b']);
  });
});

describe('the list of campaigns', () => {
  test('loses no more than the entries that are none', () => {
    const text = JSON.stringify({ campaigns: [ad('a'), { id: '../b' }, ad('c', { from: 'yesterday' }), null] });
    expect(ids(readCampaigns(text))).toEqual(['a']);
  });
});

describe('the answer to a break', () => {
  const ask = (
    query: BreakRequest['queryStringParameters'],
    campaigns = async () => [ad('a')] as readonly Campaign[],
  ) =>
    decide(
      { queryStringParameters: query ?? {}, requestContext: { http: { method: 'GET' } } },
      { channels: ['main'], campaigns, now: () => NOW },
    );
  const asked = { channel: 'main', id: '7', seconds: '30' };

  test('is an asset list, which the edge keeps', async () => {
    const { statusCode, headers, body } = await ask({ ...asked, site: 'd1.cloudfront.net' });
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=30');
    expect(JSON.parse(body)).toEqual({
      ASSETS: [{ URI: 'https://d1.cloudfront.net/ads/clips/a/index.m3u8', DURATION: 10, 'X-AD-NAME': 'a' }],
    });
  });

  test('is an empty list where the campaigns cannot be read', async () => {
    const { statusCode, body } = await ask(asked, () => Promise.reject(new Error('no bucket')));
    expect([statusCode, body]).toEqual([200, '{"ASSETS":[]}']);
  });

  test('is VAST with absolute addresses, whatever the names', async () => {
    const campaigns = async () => [ad('a', { name: 'A ]]> & <b>' })];
    const { body } = await ask({ ...asked, format: 'vast', site: 'd1.cloudfront.net' }, campaigns);
    expect(body).toContain('<![CDATA[A ]]]]><![CDATA[> & <b>]]>');
    expect(body).toContain('<![CDATA[https://d1.cloudfront.net/ads/clips/a/index.m3u8]]>');
    expect(body).toContain('<Duration>00:00:10.000</Duration>');
  });

  test.each([
    [{ ...asked, channel: 'other' }, 404],
    [{ ...asked, seconds: '0' }, 400],
    [{ ...asked, seconds: 'Infinity' }, 400],
    [{ ...asked, id: '<script>' }, 400],
    [{ ...asked, slot: '64' }, 400],
    [{}, 400],
  ])('refuses %j', async (query, status) => {
    expect((await ask(query)).statusCode).toBe(status);
  });
});
