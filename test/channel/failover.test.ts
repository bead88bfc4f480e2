import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { runningCostPerHour } from '../../lib/cost/cost';
import { channelProblems } from './problems';

const allowedCidrs = ['203.0.113.7/32'];
const rtmp = { kind: 'rtmp-push', allowedCidrs };
const flow = (name: string) => `arn:aws:mediaconnect:eu-west-1:111122223333:flow:1-AbCd-0123456789ab:${name}`;
const flows = (...names: string[]) => ({ kind: 'mediaconnect', flowArns: names.map(flow) });
const vpc = { subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], securityGroupIds: ['sg-0a1b2c3d'] };

const channelOf = (input: object, failover?: object, more: object = {}) =>
  liveStream({ channels: [{ name: 'main', input, ...(failover && { failover }), ...more }] }).channels[0];

/** Lists the sentences with which a channel of these inputs is refused, without the path of the channel. */
function problems(input: object, failover: object, redundancy = 'single-pipeline'): readonly string[] {
  return channelProblems({ input, failover, redundancy });
}

const PAIRED = 'MediaLive pairs two inputs of kind rtmp-push, rtmp-push-vpc, rtp-push, rtp-push-vpc, mediaconnect';

describe('a failover', () => {
  test('switches to the second input after one second without the first, and back after thirty healthy seconds', () => {
    expect(channelOf(rtmp, { input: rtmp })?.failover).toEqual({
      input: { ...rtmp, allowAnywhere: false },
      after: { inputLossSeconds: 1, blackLevel: 0.1 },
      prefer: 'primary',
      returnSeconds: 30,
    });
  });

  test.each<[string, object, object, string]>([
    ['RTMP', rtmp, rtmp, 'single-pipeline'],
    ['RTMP within a VPC', { kind: 'rtmp-push-vpc', ...vpc }, { kind: 'rtmp-push-vpc', ...vpc }, 'single-pipeline'],
    ['RTP', { kind: 'rtp-push', allowedCidrs }, { kind: 'rtp-push', allowedCidrs }, 'two-pipelines'],
    ['RTP within a VPC', { kind: 'rtp-push-vpc', ...vpc }, { kind: 'rtp-push-vpc', ...vpc }, 'two-pipelines'],
    ['MediaConnect', flows('main'), flows('backup'), 'single-pipeline'],
  ])('is accepted between two inputs of %s', (_, input, second, redundancy) => {
    expect(problems(input, { input: second }, redundancy)).toEqual([]);
  });

  test.each<[string, object]>([
    ['test-clip', { kind: 'test-clip' }],
    ['link-device', { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] }],
    ['hls-pull', { kind: 'hls-pull', sources: [{ url: 'https://www.example.com/live.m3u8' }] }],
  ])('refuses an input of kind %s, which MediaLive does not pair', (kind, input) => {
    expect(problems(input, { input: rtmp })).toEqual([`failover: an input of kind ${kind} has no failover; ${PAIRED}`]);
  });

  test('refuses a second input of another kind', () => {
    expect(problems(rtmp, { input: flows('backup') })).toEqual([
      'failover.input.kind: "mediaconnect" was given beside an input of kind rtmp-push; MediaLive pairs two inputs of the same kind',
    ]);
    expect(problems(rtmp, { input: { kind: 'cdi', ...vpc } })).toEqual([
      expect.stringMatching(/^failover\.input: "cdi" was given; "rtmp-push" or|^failover\.input.*"cdi" was given/),
    ]);
  });

  test('refuses a second input that does not fit the pipelines, and reports a fault of both inputs once', () => {
    expect(problems(rtmp, { input: { ...rtmp, streamNames: ['live/a', 'live/b'] } })).toEqual([
      'failover.input.streamNames: 2 given; a single-pipeline channel needs exactly 1, one for each pipeline',
    ]);
    const rtp = { kind: 'rtp-push', allowedCidrs };
    expect(problems(rtp, { input: rtp })).toHaveLength(1);
  });

  test('refuses thresholds that MediaLive does not take', () => {
    expect(
      problems(rtmp, { input: rtmp, after: { inputLossSeconds: 0.05, blackSeconds: 0.5, blackLevel: 2 } }),
    ).toEqual([
      'failover.after.inputLossSeconds: 0.05 was given; it must be at least 0.1',
      'failover.after.blackSeconds: 0.5 was given; it must be at least 1',
      'failover.after.blackLevel: 2 was given; it must be at most 1',
    ]);
  });

  test.each<[string, object, string]>([
    ['black', { after: { blackSeconds: 60 } }, '30 s beside after.blackSeconds of 60 s'],
    ['silence', { after: { blackSeconds: 5, silenceSeconds: 29 } }, '30 s beside after.silenceSeconds of 29 s'],
    ['a loss', { returnSeconds: 2.5 }, '2.5 s beside after.inputLossSeconds of 1 s'],
  ])('refuses to return sooner than two seconds after the threshold of %s', (_, failover, beginning) => {
    expect(problems(rtmp, { input: rtmp, ...failover })).toEqual([
      expect.stringContaining(
        `failover.returnSeconds: ${beginning}; MediaLive needs at least 2 s more than the largest`,
      ),
    ]);
  });

  test.each<[object]>([
    [{ returnSeconds: 3 }],
    [{ after: { inputLossSeconds: 0.1 }, returnSeconds: 2.1 }],
    [{ after: { blackSeconds: 28 } }],
  ])('may return two seconds after its largest threshold: %j', (failover) => {
    expect(problems(rtmp, { input: rtmp, ...failover })).toEqual([]);
  });

  test('is charged as a second input', () => {
    const inputs = (failover?: object) => {
      const channel = channelOf(rtmp, failover);
      if (channel === undefined) throw new Error('There is no channel');
      return runningCostPerHour(channel).parts.find(({ name }) => name.startsWith('input'))?.quantity;
    };
    expect([inputs(), inputs({ input: rtmp })]).toEqual([1, 2]);
  });
});
