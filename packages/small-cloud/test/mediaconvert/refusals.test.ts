import { CreateJobCommand, GetJobCommand, ListJobsCommand, type OutputGroup } from '@aws-sdk/client-mediaconvert';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConvertField, fileGroup, jobOf, MP4, PICTURES } from './convert-field';

let field: ConvertField;

beforeEach(async () => {
  field = await ConvertField.open();
});

afterEach(() => field.close());

const send = (groups: readonly unknown[], rest: object = {}) =>
  field.client.send(new CreateJobCommand({ ...jobOf(field.role, groups as readonly OutputGroup[]), ...rest }));

const withVideo = (settings: object) => ({
  ...MP4,
  VideoDescription: { ...MP4.VideoDescription, ...settings },
});

describe('MediaConvert refuses a job', () => {
  test.each([
    [
      'without outputs',
      [{ ...fileGroup('a', MP4), Outputs: [] }],
      '/outputGroups/0/outputs: Should have at least 1 items',
    ],
    [
      'without a container',
      [fileGroup('a', { ...MP4, ContainerSettings: undefined })],
      '/outputGroups/0/outputs/0: containerSettings is a required property',
    ],
    ['of pictures alone', [fileGroup('a', PICTURES)], 'Frame capture outputs need an output with video and audio'],
    [
      'of pictures beside a video without audio',
      [fileGroup('a', PICTURES), fileGroup('b', { ...MP4, AudioDescriptions: [] })],
      'Frame capture outputs need an output with video and audio',
    ],
    ['of pictures with audio', [fileGroup('a', { ...MP4, ...PICTURES })], 'frame captures have no audio'],
    ['of pictures in an MP4', [fileGroup('a', { ...PICTURES, ContainerSettings: MP4.ContainerSettings })], 'RAW'],
    [
      'with QVBR and no highest bitrate',
      [fileGroup('a', withVideo({ CodecSettings: { Codec: 'H_264', H264Settings: { RateControlMode: 'QVBR' } } }))],
      'maxBitrate: is required for QVBR',
    ],
    ['with odd pixels', [fileGroup('a', withVideo({ Width: 161 }))], 'width: 161 was given; an even number is needed'],
    [
      'with audio of no selector',
      [fileGroup('a', { ...MP4, AudioDescriptions: [{ ...MP4.AudioDescriptions[0], AudioSourceName: 'Two' }] })],
      'no input has the audio selector "Two"',
    ],
    ['whose outputs have one name', [fileGroup('a', MP4), fileGroup('a', MP4)], 'two outputs write'],
    ['whose outputs have no modifier', [{ ...fileGroup('a', MP4), Outputs: [MP4, MP4] }], 'nameModifier'],
  ])('%s', async (_, groups, reason) => {
    await expect(send(groups)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(reason),
    });
  });

  test.each([
    ['a token of 65 characters', { ClientRequestToken: 'x'.repeat(65) }, 'clientRequestToken'],
    ['a role that is no ARN', { Role: 'Convert' }, 'role'],
    ['no input', { Settings: { OutputGroups: [fileGroup('a', MP4)] } }, '/inputs: Should have at least 1 items'],
  ])('with %s', async (_, rest, reason) => {
    await expect(send([fileGroup('a', MP4)], rest)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(reason),
    });
  });

  test('in a queue that does not exist, and asks for a job that does not', async () => {
    await expect(send([fileGroup('a', MP4)], { Queue: 'Fast' })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(field.client.send(new GetJobCommand({ Id: '1-a' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(field.client.send(new ListJobsCommand({ MaxResults: 21 }))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });
});

describe('the local MediaConvert names what it does not model', () => {
  test.each([
    ['a container', [fileGroup('a', { ...MP4, ContainerSettings: { Container: 'MXF' } })], 'container: MXF'],
    ['a codec', [fileGroup('a', withVideo({ CodecSettings: { Codec: 'H_265' } }))], 'codec: H_265'],
    [
      'a setting',
      [fileGroup('a', withVideo({ TimecodeInsertion: 'PIC_TIMING_SEI' }))],
      'outputGroups[0].outputs[0].videoDescription.timecodeInsertion is not modelled',
    ],
    [
      'a group',
      [{ ...fileGroup('a', MP4), OutputGroupSettings: { Type: 'HLS_GROUP_SETTINGS' } }],
      'type: HLS_GROUP_SETTINGS',
    ],
    ['a name with an identifier', [fileGroup('a-$dt$', MP4)], '$dt$'],
  ])('%s', async (_, groups, name) => {
    await expect(send(groups)).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining(name),
    });
  });

  test('several inputs that are no playlists', async () => {
    const job = jobOf(field.role, [fileGroup('a', MP4)], 'show.mxf');
    job.Settings?.Inputs?.push(...structuredClone(job.Settings.Inputs));
    await expect(field.client.send(new CreateJobCommand(job))).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining('Several inputs that are no HLS playlists'),
    });
  });
});

describe('a role that calls MediaConvert', () => {
  test('needs the right to create the job, and to pass the role', async () => {
    const group = [fileGroup('a', MP4)];
    const queue = `arn:aws:mediaconvert:eu-west-1:${field.cloud.accountId}:queues/Default`;
    field.server.roleArn = await field.cloud.role('Nobody');
    await expect(send(group)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('mediaconvert:CreateJob'),
    });
    field.server.roleArn = await field.cloud.role('Creator', ['mediaconvert:CreateJob', queue]);
    await expect(send(group)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${field.role}`),
    });
    field.server.roleArn = await field.cloud.role(
      'Passer',
      ['mediaconvert:CreateJob', queue],
      ['iam:PassRole', field.role],
    );
    await expect(send(group)).resolves.toMatchObject({ Job: { Status: 'SUBMITTED' } });
    await expect(field.client.send(new ListJobsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
