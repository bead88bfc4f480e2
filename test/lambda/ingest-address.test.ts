import { describe, expect, test } from '@jest/globals';
import { ingestAttributes } from '../../lambda/channel-state/ingest-address';

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

  test.each(['srt://203.0.113.9:5000', 'rtp://203.0.113.9:5000', '203.0.113.9:5000'])(
    'that is no RTMP, %s, is a server alone',
    (url) => {
      expect(ingestAttributes([url])).toEqual({ IngestServer0: url });
    },
  );
});
