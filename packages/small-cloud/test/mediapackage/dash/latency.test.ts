import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, Encoder, eventually } from '../fixture';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

/** Reads an attribute of the MPD element. */
const attribute = (mpd: string, name: string) => new RegExp(`<MPD[^>]* ${name}="([^"]*)"`).exec(mpd)?.[1] ?? '';

describe('the DASH manifest of an endpoint, for a player that returns to its target latency after a stall', () => {
  const read = async () => {
    await bench.createAll({
      ContainerType: 'CMAF',
      Segment: { SegmentDurationSeconds: 1 },
      DashManifests: [
        {
          ManifestName: 'dash',
          SuggestedPresentationDelaySeconds: 6,
          MinBufferTimeSeconds: 4,
          MinUpdatePeriodSeconds: 2,
          UtcTiming: { TimingMode: 'UTC_DIRECT' },
        },
      ],
    });
    await new Encoder(bench, 'a').send(8);
    const answer = await eventually(
      () => bench.read('dash.mpd'),
      ({ status }) => status === 200,
    );
    return answer.body.toString();
  };

  test('states the target latency, the least buffer and the time until its next update', async () => {
    const mpd = await read();
    expect(attribute(mpd, 'suggestedPresentationDelay')).toBe('PT6S');
    expect(attribute(mpd, 'minBufferTime')).toBe('PT4S');
    expect(attribute(mpd, 'minimumUpdatePeriod')).toBe('PT2S');
  });

  test('states the clock and the start of its timeline on it, so that players can compute their latency', async () => {
    const before = Date.now();
    const mpd = await read();
    const clock = Date.parse(/<UTCTiming [^>]*:utc:direct:2014" value="([^"]+)"/.exec(mpd)?.[1] ?? '');
    expect(clock).toBeGreaterThanOrEqual(before - 1000);
    expect(clock).toBeLessThanOrEqual(Date.now() + 1000);
    const start = Date.parse(attribute(mpd, 'availabilityStartTime'));
    expect(start).toBeLessThan(clock);
    expect(Date.parse(attribute(mpd, 'publishTime'))).toBeGreaterThan(start);
  });

  test('has no ServiceDescription, so that the catch-up settings of the player apply', async () => {
    expect(await read()).not.toContain('ServiceDescription');
  });
});
