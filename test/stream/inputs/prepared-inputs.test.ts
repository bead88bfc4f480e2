import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { grants, inline, name } from '../grants';
import { only, resources, synth } from '../synth';

type Channel = LiveStreamInput['channels'][number];

const input = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } satisfies Channel['input'];
const main: Channel = { name: 'main', input };
const film = { name: 'intermission', input: { kind: 'test-clip' } } satisfies NonNullable<Channel['preparedInputs']>[0];
const template = synth({ channels: [{ ...main, preparedInputs: [film, { name: 'camera-2', input }] }] });
const settingsOf = (of = template) => only(of, 'Custom::Quiesce').Properties['Settings'];

describe('a channel with prepared inputs', () => {
  test('attaches them after its first input, by names to switch to', () => {
    const attachments = only(template, 'AWS::MediaLive::Channel').Properties['InputAttachments'] as readonly Record<
      string,
      unknown
    >[];
    expect(attachments.map(({ InputAttachmentName, InputId }) => [InputAttachmentName, name(InputId)])).toEqual([
      ['main', '<InputmainRtmpPushSinglePipeline>'],
      ['main-intermission', '<OtherInputsmainPreparedintermissionTestClipSinglePipeline>'],
      ['main-camera-2', '<OtherInputsmainPreparedcamera2RtmpPushSinglePipeline>'],
    ]);
    expect(attachments[1]?.['InputSettings']).toMatchObject({ SourceEndBehavior: 'LOOP' });
  });

  test('attaches them after the second input of a failover', () => {
    const both = synth({ channels: [{ ...main, failover: { input }, preparedInputs: [film] }] });
    expect(only(both, 'AWS::MediaLive::Channel').Properties['InputAttachments']).toMatchObject([
      { InputAttachmentName: 'main' },
      { InputAttachmentName: 'main-backup' },
      { InputAttachmentName: 'main-intermission' },
    ]);
  });

  test('may read what they need, and has a clip where one of them plays it', () => {
    expect(grants(inline(template, /^Encodermain/))).toContain('s3:GetObject <TestClipBucket>/test-clip.mp4');
  });

  test('says in its Outputs where to publish to them, and the commands that switch', () => {
    expect(Object.keys(template.Outputs).filter((output) => /Ingest|Switch/.test(output))).toEqual([
      'MainIngestServer0',
      'MainIngestStreamKey0',
      'MainIngestServer0Camera2',
      'MainIngestStreamKey0Camera2',
      'MainSwitchBack',
      'MainSwitchToIntermission',
      'MainSwitchToCamera2',
    ]);
    const command = name(template.Outputs['MainSwitchToIntermission']?.Value);
    expect(command).toMatch(/^aws medialive batch-update-schedule --region <AWS::Region> --channel-id <Encoder/);
    // As a shell would read it at the second 7.
    const creates = /--creates '(.*)'$/.exec(command.replace("'$(date +%s)'", '7'))?.[1] ?? '';
    expect(JSON.parse(creates)).toEqual({
      ScheduleActions: [
        {
          ActionName: 'to-main-intermission-7',
          ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
          ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: 'main-intermission' } },
        },
      ],
    });
  });

  test('is made idle before one of them comes, goes or changes', () => {
    expect(only(template, 'Custom::Quiesce').Properties['OtherInputLogicalIds']).toHaveLength(2);
    const without = synth({ channels: [{ ...main, preparedInputs: [film] }] });
    expect(settingsOf(without)).not.toBe(settingsOf());
    expect(settingsOf(without)).not.toBe(settingsOf(synth({ channels: [main] })));
  });

  test('changes nothing of a template without them', () => {
    expect(resources(synth({ channels: [main] }), 'AWS::MediaLive::Input')).toHaveLength(1);
  });
});
