import { describe, expect, test } from '@jest/globals';
import { ingestAttributes, ingestUrl } from '../../lambda/channel-state/ingest-address';

describe('the ingest addresses of a push input', () => {
  test('are split into server and stream key as OBS wants them typed, by pipeline', () => {
    expect(ingestAttributes(['rtmp://203.0.113.9:1935/live/primary', 'rtmp://203.0.113.10:1935/live/backup'])).toEqual({
      IngestServer0: 'rtmp://203.0.113.9:1935/live',
      IngestStreamKey0: 'primary',
      IngestServer1: 'rtmp://203.0.113.10:1935/live',
      IngestStreamKey1: 'backup',
    });
  });

  test('of an input beside the first one have its role in their names', () => {
    expect(ingestAttributes(['rtmp://203.0.113.9:1935/live/backup'], 'Backup')).toEqual({
      IngestServer0Backup: 'rtmp://203.0.113.9:1935/live',
      IngestStreamKey0Backup: 'backup',
    });
  });

  test.each(['srt://203.0.113.9:5000', 'rtp://203.0.113.9:5000'])('that is no RTMP, %s, is a server alone', (url) => {
    expect(ingestAttributes([url])).toEqual({ IngestServer0: url });
  });

  test.each([
    [[], 1, { IngestServer0: 'not given by MediaLive', IngestStreamKey0: 'not given by MediaLive' }],
    [['203.0.113.9:5000'], 1, { IngestServer0: '203.0.113.9:5000', IngestStreamKey0: 'not given by MediaLive' }],
    [['rtmp://203.0.113.9'], 1, { IngestServer0: 'rtmp://203.0.113.9', IngestStreamKey0: 'not given by MediaLive' }],
    [
      ['srt://203.0.113.9:5000'],
      2,
      {
        IngestServer0: 'srt://203.0.113.9:5000',
        IngestServer1: 'not given by MediaLive',
        IngestStreamKey1: 'not given by MediaLive',
      },
    ],
  ] as const)('%j for %d pipelines leave no attribute out that an Output asks for', (urls, expected, attributes) => {
    expect(ingestAttributes(urls, '', expected)).toEqual(attributes);
  });

  test.each([
    [{ url: 'rtp://203.0.113.9:5000', ip: '203.0.113.9', port: '5000' }, 'rtp://203.0.113.9:5000'],
    [{ url: undefined, ip: '203.0.113.9', port: '5000' }, '203.0.113.9:5000'],
    [{ url: undefined, ip: '203.0.113.9', port: undefined }, '203.0.113.9'],
    [{ url: '', ip: undefined, port: '5000' }, undefined],
  ])('%j are read as %s', (destination, url) => {
    expect(ingestUrl(destination)).toBe(url);
  });
});
