import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { grants, type Statement } from '../grants';
import { only, resources, synth } from '../synth';

type Channel = LiveStreamInput['channels'][number];

const input = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } satisfies Channel['input'];
const main: Channel = { name: 'main', input };
const withFailover = (failover: Partial<NonNullable<Channel['failover']>> = {}, more: Partial<Channel> = {}) =>
  synth({ channels: [{ ...main, failover: { input, ...failover }, ...more } as Channel] });

const template = withFailover();
const inputs = resources(template, 'AWS::MediaLive::Input');
const [first, backup] = inputs;
const channel = (of = template) => only(of, 'AWS::MediaLive::Channel').Properties;
const settingsOf = (of = template) => only(of, 'Custom::Quiesce').Properties['Settings'];

describe('a channel with a failover', () => {
  test('has two inputs, each with its own stream name and its own list of who may publish', () => {
    expect(inputs.map(({ Properties }) => Properties['Destinations'])).toEqual([
      [{ StreamName: 'main/pipeline-0' }],
      [{ StreamName: 'main-backup/pipeline-0' }],
    ]);
    expect(new Set(inputs.map(({ Properties }) => JSON.stringify(Properties['InputSecurityGroups']))).size).toBe(2);
  });

  test('attaches the first before the second, and says when to take which', () => {
    expect(channel()['InputAttachments']).toEqual([
      {
        InputId: { Ref: first?.id },
        InputAttachmentName: 'main',
        InputSettings: { AudioSelectors: [{ Name: 'default' }] },
        AutomaticInputFailoverSettings: {
          SecondaryInputId: { Ref: backup?.id },
          InputPreference: 'PRIMARY_INPUT_PREFERRED',
          ErrorClearTimeMsec: 30_000,
          FailoverConditions: [{ FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 1000 } } }],
        },
      },
      {
        InputId: { Ref: backup?.id },
        InputAttachmentName: 'main-backup',
        InputSettings: { AudioSelectors: [{ Name: 'default' }] },
      },
    ]);
  });

  test('takes black and silence for a failure where that is asked for', () => {
    const after = { inputLossSeconds: 0.5, blackSeconds: 5, blackLevel: 0.2, silenceSeconds: 10 };
    const [attachment] = channel(withFailover({ after, prefer: 'either' }))['InputAttachments'] as readonly object[];
    expect(attachment).toMatchObject({
      AutomaticInputFailoverSettings: {
        InputPreference: 'EQUAL_INPUT_PREFERENCE',
        FailoverConditions: [
          { FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 500 } } },
          {
            FailoverConditionSettings: {
              VideoBlackSettings: { BlackDetectThreshold: 0.2, VideoBlackThresholdMsec: 5000 },
            },
          },
          {
            FailoverConditionSettings: {
              AudioSilenceSettings: { AudioSelectorName: 'default', AudioSilenceThresholdMsec: 10_000 },
            },
          },
        ],
      },
    });
  });

  test('says in its Outputs where to publish to both, and may ask for both', () => {
    expect(Object.keys(template.Outputs).filter((name) => name.includes('Ingest'))).toEqual([
      'MainIngestServer0',
      'MainIngestStreamKey0',
      'MainIngestServer0Backup',
      'MainIngestStreamKey0Backup',
    ]);
    expect(template.Outputs['MainIngestServer0Backup']?.Description).toBe(
      'Channel main, input backup, pipeline 0: "Server" in OBS',
    );
    expect(only(template, 'Custom::RunningState').Properties).toMatchObject({
      PushInputId: { Ref: first?.id },
      OtherPushInputIds: { Backup: { Ref: backup?.id } },
    });
    const describing = resources(template, 'AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith('RunningStatemain'))
      .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
    expect(grants(describing)).toEqual([
      'medialive:DescribeInput <InputmainRtmpPushSinglePipeline>',
      'medialive:DescribeInput <OtherInputsmainBackupRtmpPushSinglePipeline>',
    ]);
  });

  test('is made idle before either input changes, whatever changes of them', () => {
    const quiesce = only(template, 'Custom::Quiesce');
    for (const { DependsOn } of inputs) expect(DependsOn).toContain(quiesce.id);
    expect(quiesce.Properties['OtherInputLogicalIds']).toEqual([backup?.id]);
    for (const other of [
      synth({ channels: [main] }),
      withFailover({ input: { ...input, streamNames: ['live/backup'] } }),
      withFailover({ returnSeconds: 60 }),
    ]) {
      expect(settingsOf(other)).not.toBe(settingsOf());
    }
  });

  test('stays on the air when the list of who may publish to the second input changes', () => {
    expect(settingsOf(withFailover({ input: { ...input, allowedCidrs: ['198.51.100.0/24'] } }))).toBe(settingsOf());
  });

  test('may stand beside a channel that is called as its second input', () => {
    const both = synth({
      channels: [
        { ...main, failover: { input } },
        { ...main, name: 'main-backup' },
      ],
    });
    expect(resources(both, 'AWS::MediaLive::Input')).toHaveLength(3);
    expect(Object.keys(both.Outputs)).toEqual(
      expect.arrayContaining(['MainIngestServer0Backup', 'MainBackupIngestServer0']),
    );
  });
});
