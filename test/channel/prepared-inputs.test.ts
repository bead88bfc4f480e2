import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { runningCostPerHour } from '../../lib/cost/cost';
import { channelProblems } from './problems';

const rtmp = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] };
const clip = { kind: 'test-clip' };
const vpc = { subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], securityGroupIds: ['sg-0a1b2c3d'] };
const cdi = { kind: 'cdi', ...vpc };
const film = (name: string) => ({ name, input: clip });

const channelOf = (preparedInputs: readonly unknown[], more: object = {}) =>
  liveStream({ channels: [{ name: 'main', input: rtmp, preparedInputs, ...more }] }).channels[0];

/** Lists the sentences with which a channel of these inputs is refused, without the path of the channel. */
function problems(preparedInputs: readonly unknown[], more: object = {}): readonly string[] {
  return channelProblems({ input: rtmp, preparedInputs, ...more });
}

describe('the prepared inputs of a channel', () => {
  test('are an empty list by default', () => {
    expect(liveStream({ channels: [{ name: 'main', input: clip }] }).channels[0]?.preparedInputs).toEqual([]);
  });

  test('can be of any kind, and beside a failover', () => {
    expect(problems([film('intermission'), { name: 'camera', input: rtmp }])).toEqual([]);
    expect(problems([film('intermission')], { failover: { input: rtmp } })).toEqual([]);
  });

  test('are charged like the first one', () => {
    const quantity = (preparedInputs: readonly unknown[]) => {
      const channel = channelOf(preparedInputs);
      if (channel === undefined) throw new Error('There is no channel');
      return runningCostPerHour(channel).parts.find(({ name }) => name.startsWith('input'))?.quantity;
    };
    expect([quantity([]), quantity([film('a'), film('b')])]).toEqual([1, 3]);
  });

  const MOST = 'MediaLive attaches at most';
  const WITH = 'input and failover among them';

  test.each<[string, readonly unknown[], object, readonly string[]]>([
    [
      'a name twice',
      [film('a-b'), film('ab')],
      {},
      [
        'preparedInputs[1].name: "ab" is already the name of preparedInputs[0]; every input needs a name of its own (hyphens do not count)',
      ],
    ],
    [
      'the name of the second input of a failover',
      [film('backup')],
      {},
      [
        'preparedInputs[0].name: "backup" was given; a lower-case letter, then up to 31 lower-case letters, digits and hyphens, and not "backup", is needed',
      ],
    ],
    [
      'a third input that is pushed to',
      [{ name: 'camera', input: rtmp }],
      { failover: { input: rtmp } },
      [`preparedInputs: with them the channel has 3 push inputs; ${MOST} 2, ${WITH}`],
    ],
    [
      'a second CDI input',
      [{ name: 'camera', input: cdi }],
      { input: cdi, redundancy: 'two-pipelines' },
      [`preparedInputs: with them the channel has 2 inputs of kind cdi; ${MOST} 1, ${WITH}`],
    ],
    [
      'a twenty-first input',
      Array.from({ length: 19 }, (_, index) => film(`film${index}`)),
      { failover: { input: rtmp } },
      [`preparedInputs: with them the channel has 21 inputs; ${MOST} 20, ${WITH}`],
    ],
    [
      'sources for another redundancy',
      [{ name: 'camera', input: { ...rtmp, streamNames: ['live/a', 'live/b'] } }],
      {},
      [
        'preparedInputs[0].input.streamNames: 2 given; a single-pipeline channel needs exactly 1, one for each pipeline',
      ],
    ],
  ])('refuse %s', (_, preparedInputs, more, sentences) => {
    expect(problems(preparedInputs, more)).toEqual(sentences);
  });
});
