import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { problems as problemsOf } from './problems';

const ts = { kind: 'ts-file', sources: [{ url: 'https://www.example.com/a.ts' }] };

/** Lists the sentences with which a channel is refused; none when it is accepted. */
function problems(audio: unknown, channel: object = {}): readonly string[] {
  return problemsOf({ channels: [{ name: 'main', input: ts, audio, ...channel }] });
}

describe('audio tracks', () => {
  test('are chosen by language, or by the packet id of a transport stream', () => {
    const tracks = [
      { language: 'eng' },
      { language: 'deu', from: { pid: 482 } },
      { language: 'fra', from: { language: 'mul' } },
    ];
    expect(problems(tracks)).toEqual([]);
  });

  test.each<[string, unknown, object, string]>([
    [
      'a language of two letters',
      [{ language: 'en' }],
      {},
      'channels[0].audio[0].language: "en" was given; a language of three small letters (ISO 639-2) such as eng is needed',
    ],
    [
      'two ways to choose',
      [{ language: 'eng', from: { pid: 482, language: 'eng' } }],
      {},
      'channels[0].audio[0].from: 2 of language, track and pid were given; exactly one chooses the track',
    ],
    [
      'two tracks of one name',
      [{ language: 'eng' }, { language: 'eng', from: { pid: 482 } }],
      {},
      'channels[0].audio[1].name: "eng" is also what another track of this codec is called; tracks need names that differ',
    ],
    [
      'Dolby alone',
      [{ language: 'eng', codec: 'eac3-passthrough' }],
      {},
      'channels[0].audio: every track is passed through; devices without a Dolby decoder would play no audio: a track of aac is needed',
    ],
    [
      'a bitrate of what is passed through',
      [{ language: 'eng' }, { language: 'eng', codec: 'ac3-passthrough', bitrate: 96_000 }],
      {},
      'channels[0].audio[1].bitrate: 96000 was given with ac3-passthrough, which stays as the input brings it; leave it out',
    ],
    [
      'a number in a transport stream',
      [{ language: 'eng', from: { track: 1 } }],
      {},
      'channels[0].audio[0].from: the track is chosen by its track; in an input of kind ts-file, tracks are told apart by language or pid',
    ],
    [
      'a packet id in an MP4 file',
      [{ language: 'eng', from: { pid: 482 } }],
      { input: { kind: 'mp4-file', sources: [{ url: 'https://www.example.com/a.mp4' }] } },
      'channels[0].audio[0].from: the track is chosen by its pid; in an input of kind mp4-file, tracks are told apart by track',
    ],
    [
      'a language in the test clip',
      [{ language: 'eng' }],
      { input: { kind: 'test-clip' } },
      'channels[0].audio[0].from: the track is chosen by its language; in an input of kind test-clip, tracks are told apart by track',
    ],
    [
      'tracks of RTMP',
      [{ language: 'eng' }, { language: 'deu' }],
      { input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } },
      'channels[0].audio: a list of tracks was given with an input of kind rtmp-push, which carries one audio track; give { bitrate }, or use another kind of input',
    ],
  ])('refuse %s', (_, audio, channel, sentence) => {
    expect(problems(audio, channel)).toEqual([sentence]);
  });

  test('refuse a list with a ladder that has no video', () => {
    const description = {
      origin: 's3',
      channels: [{ name: 'main', input: ts, ladder: 'audio-only', audio: [{ language: 'eng' }] }],
    };
    expect(() => liveStream(description)).toThrow(
      'channels[0].audio: a list of tracks was given with the ladder audio-only, which has one track; give { bitrate }',
    );
  });
});
