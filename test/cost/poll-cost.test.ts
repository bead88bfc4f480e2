import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { viewerCost } from '../../lib/cost/cost';
import { pollNotes } from '../../lib/cost/poll-cost';
import { mainChannel } from '../stream/synth';

const [channel] = liveStream({ channels: [mainChannel] }).channels;

describe('what polls cost', () => {
  test('is cents for a thousand viewers, and nothing without polls', () => {
    if (channel === undefined) throw new Error('there is no channel');
    const audience = { viewerHours: 1000 };
    const [without, withPolls] = [false, true].map((hasPolls) => viewerCost(channel, audience, { hasPolls }).usd);
    expect((withPolls ?? 0) - (without ?? 0)).toBeGreaterThan(0.05);
    expect((withPolls ?? 0) - (without ?? 0)).toBeLessThan(0.1);
  });

  test('is told where a channel has them', () => {
    expect(pollNotes([{ polls: false }])).toEqual({ assumptions: [], notIncluded: [] });
    expect(pollNotes([{ polls: true }]).assumptions.join()).toMatch(/every viewer votes/);
  });
});
