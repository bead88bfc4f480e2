import { describe, expect, test } from '@jest/globals';
import { mp4Job, picturesJob } from '../../lambda/shared/recordings/conversion-jobs';
import type { ConvertedRecording } from '../../lambda/shared/recordings/converted-recording';

const ROLE = 'arn:aws:iam::000000000000:role/Convert';
const SHOW: ConvertedRecording = {
  channel: 'main',
  id: '20261128T190000Z',
  bucket: 'recordings',
  playlists: ['vod/main/20261128T190000Z/1/convert.m3u8'],
  seconds: 3600,
  best: { width: 1920, bitrate: 5_000_000 },
};

const groupsOf = (job: ReturnType<typeof mp4Job>) =>
  (job.Settings?.OutputGroups ?? []).map(({ OutputGroupSettings, Outputs = [] }) => ({
    to: OutputGroupSettings?.FileGroupSettings?.Destination,
    container: Outputs[0]?.ContainerSettings?.Container,
    width: Outputs[0]?.VideoDescription?.Width,
    capture: Outputs[0]?.VideoDescription?.CodecSettings?.FrameCaptureSettings,
  }));

describe('the job of an MP4', () => {
  test('reads the playlist, and writes one file beside the recording', () => {
    const job = mp4Job(SHOW, ROLE);
    expect(job.Settings?.Inputs).toMatchObject([
      { FileInput: 's3://recordings/vod/main/20261128T190000Z/1/convert.m3u8', TimecodeSource: 'ZEROBASED' },
    ]);
    expect(groupsOf(job)).toEqual([
      {
        to: 's3://recordings/vod/main/20261128T190000Z/recording',
        container: 'MP4',
        width: undefined,
        capture: undefined,
      },
    ]);
  });

  test('encodes in constant quality, up to the bitrate of the best rendition', () => {
    const [group] = mp4Job(SHOW, ROLE).Settings?.OutputGroups ?? [];
    expect(group?.Outputs?.[0]?.VideoDescription?.CodecSettings?.H264Settings).toMatchObject({
      RateControlMode: 'QVBR',
      MaxBitrate: 5_000_000,
      QualityTuningLevel: 'SINGLE_PASS',
    });
  });

  test('joins the parts of a recording in their order', () => {
    const job = mp4Job({ ...SHOW, playlists: ['one.m3u8', 'two.m3u8'] }, ROLE);
    expect(job.Settings?.Inputs?.map(({ FileInput }) => FileInput)).toEqual([
      's3://recordings/one.m3u8',
      's3://recordings/two.m3u8',
    ]);
  });

  test('carries the recording as metadata, and a token that hangs on it alone', () => {
    const job = mp4Job(SHOW, ROLE);
    expect(job.UserMetadata).toEqual({ channel: 'main', recording: SHOW.id, kind: 'mp4', seconds: '3600' });
    expect(job.ClientRequestToken).toMatch(/^[\da-f]{64}$/);
    expect(mp4Job({ ...SHOW, seconds: 3601 }, ROLE).ClientRequestToken).toBe(job.ClientRequestToken);
    expect(mp4Job({ ...SHOW, channel: 'stage' }, ROLE).ClientRequestToken).not.toBe(job.ClientRequestToken);
    expect(picturesJob(SHOW, ROLE).ClientRequestToken).not.toBe(job.ClientRequestToken);
  });
});

describe('the job of pictures', () => {
  test('takes two pictures for the poster and one each 10 s for the storyboard, beside a small video', () => {
    const folder = 's3://recordings/vod/main/20261128T190000Z/pictures';
    expect(groupsOf(picturesJob(SHOW, ROLE))).toMatchObject([
      { to: `${folder}/preview`, container: 'MP4', width: 320 },
      { to: `${folder}/poster`, container: 'RAW', width: 1280, capture: { FramerateDenominator: 60, MaxCaptures: 2 } },
      {
        to: `${folder}/storyboard`,
        container: 'RAW',
        width: 160,
        capture: { FramerateNumerator: 1, FramerateDenominator: 10, MaxCaptures: undefined },
      },
    ]);
  });

  test('makes the MP4 in the place of the small video where it is wanted', () => {
    const job = picturesJob(SHOW, ROLE, true);
    expect(groupsOf(job)[0]?.to).toBe('s3://recordings/vod/main/20261128T190000Z/recording');
    expect(job.UserMetadata?.['kind']).toBe('mp4-and-pictures');
  });

  test.each([
    [5, 1],
    [95, 9],
    [7200, 60],
  ])('takes the poster of %d s after %d s', (seconds, after) => {
    const [, poster] = groupsOf(picturesJob({ ...SHOW, seconds }, ROLE));
    expect(poster?.capture?.FramerateDenominator).toBe(after);
  });

  test('makes the poster no wider than the recording', () => {
    const best = { width: 960, bitrate: 2_000_000 };
    expect(groupsOf(picturesJob({ ...SHOW, best }, ROLE))[1]?.width).toBe(960);
  });
});
