import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { mainChannel, only, resources, stageChannel, synth, type Template, type TemplateResource } from '../synth';

type Channel = LiveStreamInput['channels'][number];

const withChannel = (change: Partial<Channel>) => synth({ channels: [{ ...stageChannel, ...change } as Channel] });
const base = withChannel({});

function quiesce(template: Template): TemplateResource {
  return only(template, 'Custom::Quiesce');
}

describe('the running state of a channel', () => {
  test('is made idle before its channel, its input, its packager and the edge are touched', () => {
    const { id } = only(base, 'Custom::Quiesce');
    for (const type of [
      'AWS::MediaLive::Channel',
      'AWS::MediaLive::Input',
      'AWS::MediaPackageV2::Channel',
      'AWS::MediaPackageV2::OriginEndpoint',
      'AWS::CloudFront::Distribution',
    ]) {
      for (const { DependsOn } of resources(base, type)) expect(DependsOn).toContain(id);
    }
  });

  test('knows the channel by the logical id that it has in the template', () => {
    expect(quiesce(base).Properties['ChannelLogicalId']).toBe(only(base, 'AWS::MediaLive::Channel').id);
  });

  test('tags the channel with the settings that Quiesce and Run speak of', () => {
    const { Settings } = quiesce(base).Properties;
    expect(Settings).toMatch(/^[0-9a-f]{16}$/);
    expect(only(base, 'Custom::RunningState').Properties['Settings']).toBe(Settings);
    expect(only(base, 'AWS::MediaLive::Channel').Properties['Tags']).toMatchObject({
      'live-streaming:channel': 'stage',
      'live-streaming:settings': Settings,
    });
  });

  test.each<[string, Partial<Channel>]>([
    ['a ladder', { ladder: 'sd-540p' }],
    ['a latency', { latency: 'standard' }],
    ['a frame rate', { frameRate: '25' }],
    ['the sound', { audio: { bitrate: 128_000 } }],
    ['stream names', { input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['a/b', 'c/d'] } }],
    ['an input of another kind', { input: { kind: 'test-clip' } }],
    ['a redundancy', { redundancy: 'single-pipeline' }],
  ])('has other settings with %s', (_, change) => {
    expect(quiesce(withChannel(change)).Properties['Settings']).not.toBe(quiesce(base).Properties['Settings']);
  });

  test.each<[string, Partial<Channel>]>([
    ['who may publish', { input: { kind: 'rtmp-push', allowedCidrs: ['198.51.100.0/24'] } }],
    ['whether it runs', { running: false }],
    ['when it is stopped by itself', { autoStop: { afterInputLossMinutes: 'never', afterRunningHours: 5 } }],
  ])('has the same settings whatever is said of %s', (_, change) => {
    expect(quiesce(withChannel(change)).Properties['Settings']).toBe(quiesce(base).Properties['Settings']);
  });

  test('of another redundancy is another channel with another Run, and the same packager', () => {
    const single = withChannel({ redundancy: 'single-pipeline' });
    for (const type of ['AWS::MediaLive::Channel', 'AWS::MediaLive::Input', 'Custom::RunningState']) {
      expect(only(single, type).id).not.toBe(only(base, type).id);
    }
    for (const type of ['Custom::Quiesce', 'AWS::MediaPackageV2::Channel']) {
      expect(only(single, type).id).toBe(only(base, type).id);
    }
  });

  test('of an input of another kind is the same channel with another input', () => {
    const clip = withChannel({ input: { kind: 'test-clip' } });
    expect(only(clip, 'AWS::MediaLive::Input').id).not.toBe(only(base, 'AWS::MediaLive::Input').id);
    expect(only(clip, 'AWS::MediaLive::Channel').id).toBe(only(base, 'AWS::MediaLive::Channel').id);
  });

  test('hands on whether an interruption is allowed', () => {
    expect(quiesce(base).Properties['Interruption']).toBe('refuse');
    expect(quiesce(synth({ interruption: 'allow' })).Properties['Interruption']).toBe('allow');
  });

  test('of one channel is untouched when another comes or goes', () => {
    const alone = synth({ channels: [stageChannel] }).Resources;
    const both = synth({ channels: [mainChannel, stageChannel] }).Resources;
    const ofStage = Object.entries(alone).filter(([id]) => /^(RunningState|Input|Encoder|Origin)stage/.test(id));
    expect(ofStage.length).toBeGreaterThan(8);
    for (const [id, resource] of ofStage) expect(both[id]).toEqual(resource);
  });
});
