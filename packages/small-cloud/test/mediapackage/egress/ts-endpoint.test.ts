import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, eventually, uris } from '../fixture';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

/** Sends three seconds of a test pattern and a tone, as the local encoder does: one request per track, one session. */
async function encode(): Promise<void> {
  const url = bench.origin.ingest('live', 'main')?.urls[0];
  const cmaf =
    '-f mp4 -movflags +cmaf+frag_keyframe+empty_moov+default_base_moof+delay_moov -frag_duration 500000 -use_editlist 0 -method POST';
  const command =
    '-nostdin -loglevel error -f lavfi -t 3 -i testsrc2=size=160x90:rate=30 -f lavfi -t 3 -i sine=sample_rate=48000 ' +
    `-map 0:v -c:v libx264 -preset ultrafast -g 30 -pix_fmt yuv420p ${cmaf} ${url}video.cmfv?session=a ` +
    `-map 1:a -c:a aac -ac 2 ${cmaf} ${url}audio.cmfa?session=a`;
  await once(spawn('ffmpeg', command.split(' '), { stdio: 'ignore' }), 'exit');
}

describe('an MPEG-TS endpoint', () => {
  test('serves segments with the video and the audio of a CMAF encoder', async () => {
    await bench.createAll({
      ContainerType: 'TS',
      Segment: { SegmentDurationSeconds: 1 },
      HlsManifests: [{ ManifestName: 'index' }],
    });
    await encode();
    const playlist = await eventually(
      () => bench.read('index_video.m3u8'),
      ({ status }) => status === 200,
    );
    const [first = '', second = ''] = uris(playlist.body);
    const answers = await Promise.all([bench.read(first), bench.read(second)]);
    for (const { status, headers, body } of answers) {
      expect([status, headers.get('content-type')]).toEqual([200, 'video/mp2t']);
      const args = '-v error -show_entries stream=codec_name -of csv=p=0 pipe:0'.split(' ');
      const codecs = execFileSync('ffprobe', args, { input: body }).toString().trim().split(/\s+/);
      expect(new Set(codecs)).toEqual(new Set(['h264', 'aac']));
    }
  });
});
