import { describe, expect, test } from '@jest/globals';
import type { InputSource } from '../../../src/services/medialive/contract/input-source';
import type { Input } from '../../../src/services/medialive/control/input';
import { channelSources } from '../../../src/services/medialive/control/pipeline-sources';
import { ingestArguments } from '../../../src/services/medialive/ingest/ingest-arguments';
import { clip, srtCaller, webStream } from '../../../src/services/medialive/template/input-sources';
import { Settings } from '../../../src/services/medialive/template/settings';

/** Finds the source that the one pipeline of a channel plays. */
function played(source: InputSource, hasBucket = true) {
  const input = { settings: { name: 'main', source } } as Input;
  const [first] = channelSources({ channelClass: 'SINGLE_PIPELINE', loop: true }, input, () => hasBucket);
  return first;
}

const pulled = (protocol: 'hls' | 'rtmp', Url: string, more = {}): InputSource => ({
  kind: 'pull',
  type: protocol === 'hls' ? 'URL_PULL' : 'RTMP_PULL',
  streams: [webStream(protocol, new Settings({ Url, ...more }))],
});
const file = (Url: string): InputSource => ({
  kind: 'file',
  type: 'MP4_FILE',
  clips: [clip('MP4_FILE', new Settings({ Url }))],
});
const called = (SrtListenerAddress: string): InputSource => ({
  kind: 'pull',
  type: 'SRT_CALLER',
  streams: [srtCaller(new Settings({ SrtListenerAddress, SrtListenerPort: '9000' }))],
});

describe('a source', () => {
  test.each<readonly [string, InputSource]>([
    ['example.com/a.mp4', file('https://example.com/a.mp4')],
    ['203.0.113.7/a.m3u8', pulled('hls', 'http://203.0.113.7/a.m3u8')],
    ['127.0.0.1@203.0.113.7', pulled('hls', 'http://127.0.0.1@203.0.113.7/a.m3u8')],
    ['127.0.0.1.example.com', pulled('hls', 'http://127.0.0.1.example.com/a.m3u8')],
    ['203.0.113.7', pulled('rtmp', 'rtmp://203.0.113.7\\@127.0.0.1/live/a')],
    ['203.0.113.7', called('203.0.113.7')],
  ])('outside this machine, at %s, is not loaded: a labelled test pattern stands in for it', (host, source) => {
    const ingest = played(source);
    expect(ingest).toMatchObject({
      kind: 'stand-in',
      because: 'the local run loads nothing from outside this machine',
    });
    expect(ingestArguments(ingest).join(' ')).not.toContain(host);
  });

  test('outside this machine may have a user name and the name of a password, which are not used', () => {
    const account = { Username: 'producer', PasswordParam: '/live/password' };
    expect(played(pulled('hls', 'https://example.com/a.m3u8', account))).toMatchObject({ kind: 'stand-in' });
  });

  test('in a bucket that is not in the local S3 is outside as well', () => {
    expect(played(file('s3ssl://elsewhere/film.mp4'), false)).toMatchObject({ kind: 'stand-in' });
    expect(played(file('s3ssl://here/film.mp4'), true)).toMatchObject({ kind: 'file' });
  });

  test.each<readonly [string, InputSource]>([
    ['http://127.0.0.1:8080/a.m3u8', pulled('hls', 'http://127.0.0.1:8080/a.m3u8')],
    ['rtmp://localhost/live/a', pulled('rtmp', 'rtmp://localhost/live/a')],
    ['srt://127.0.0.1:9000', called('127.0.0.1')],
    ['http://127.0.0.1/a.mp4', file('http://127.0.0.1/a.mp4')],
  ])('on this machine, %s, is what is played', (url, source) => {
    expect(ingestArguments(played(source)).join(' ')).toContain(url);
  });
});
