import { describe, expect, test } from '@jest/globals';
import { grants, inline } from '../stream/grants';
import { only, resources } from '../stream/synth';
import { pageConfig, starting, synthRecording, told } from './templates';

const channels = [{ name: 'main', input: { kind: 'test-clip' as const }, recording: true as const }];
const template = synthRecording({ origin: 's3', channels });

describe('a recorded channel whose origin is a bucket', () => {
  test('lists five minutes in its playlist, so that the recorder misses nothing, in one output group', () => {
    const encoder = JSON.stringify(only(template, 'AWS::MediaLive::Channel').Properties);
    expect(encoder).toContain('"IndexNSegments":75');
    expect(encoder.match(/HlsGroupSettings/g)).toHaveLength(1);
  });

  test('lists as much as viewers may go back, if that is more', () => {
    const far = synthRecording({ origin: 's3', channels: [{ ...channels[0], rewind: 30 } as (typeof channels)[0]] });
    expect(JSON.stringify(only(far, 'AWS::MediaLive::Channel').Properties)).toContain('"IndexNSegments":450');
  });

  test('is copied every minute, and swept every quarter of an hour', () => {
    const schedules = resources(template, 'AWS::Scheduler::Schedule').filter(({ id }) =>
      id.startsWith('RecordingRecorder'),
    );
    expect(schedules.map(({ Properties }) => [Properties['ScheduleExpression'], Properties['Target']])).toEqual([
      ['rate(15 minutes)', expect.objectContaining({ Input: '{"task":"sweep"}' })],
      ['rate(1 minute)', expect.objectContaining({ Input: '{"task":"copy"}' })],
    ]);
  });

  test('has a recorder that reads its media, writes recordings, and tells the catalogue', () => {
    const allowed = grants(inline(template, /^RecordingRecorderFunctionRole/));
    expect(allowed.filter((line) => /^(s3:.*Origin|s3:.*\/vod\/\*$|lambda|mediapackage)/.test(line))).toEqual([
      'lambda:InvokeFunction <RecordingCatalogueFunction>',
      's3:DeleteObject <RecordingsBucket>/vod/*',
      's3:GetObject <OriginBucket>/live/main/*',
      's3:GetObject <RecordingsBucket>/vod/*',
      's3:ListBucket <OriginBucket>',
      's3:PutObject <RecordingsBucket>/vod/*',
    ]);
    expect(told(template, 'RecordingRecorder')).toMatchObject([
      { source: 's3', path: '/live/main/index.m3u8', windowSeconds: 13 * 3600 },
    ]);
  });

  test('is read by MediaConvert where viewers play it, and nowhere else', () => {
    const allowed = grants(inline(template, /^RecordingCatalogueConvertRole/));
    expect(allowed).toEqual([
      's3:GetObject <RecordingsBucket>/vod/*/media/*',
      's3:ListBucket <RecordingsBucket>',
      's3:PutObject <RecordingsBucket>/vod/*',
    ]);
    expect(told(template, 'RecordingCatalogue')).toMatchObject([{ harvests: [{ folder: 'vod', convertible: true }] }]);
  });

  test('is nothing for MediaConvert without video', () => {
    const heard = synthRecording({
      origin: 's3',
      channels: [{ ...channels[0], ladder: 'audio-only' } as (typeof channels)[0]],
    });
    expect(told(heard, 'RecordingCatalogue')).toMatchObject([{ harvests: [{ folder: 'vod', convertible: false }] }]);
  });

  test('is recorded before its bucket is emptied', () => {
    const kept = template.Resources[only(template, 'Custom::Recordings').id]?.DependsOn ?? [];
    expect(kept.some((id) => id.startsWith('BucketContentMedia'))).toBe(true);
  });

  test('keeps segments for the days of the recording, counted from its end', () => {
    const { LifecycleConfiguration } = starting(template, 'AWS::S3::Bucket', 'RecordingsBucket').Properties;
    expect(LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([{ Prefix: 'vod/main/', ExpirationInDays: 31, Status: 'Enabled' }]),
    });
  });

  test('has a page that knows the recordings, and no manifest that begins anywhere', () => {
    expect(pageConfig(template).channels).toMatchObject([{ recordings: '/vod/catalogue.json', startOver: [] }]);
  });
});
