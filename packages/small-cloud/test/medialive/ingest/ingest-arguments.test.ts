import { describe, expect, test } from '@jest/globals';
import type { IngestSource } from '../../../src/services/medialive/contract/pipeline-source';
import { PushEndpoint, type PushProtocol } from '../../../src/services/medialive/contract/push-endpoint';
import { ingestArguments, publishArguments } from '../../../src/services/medialive/ingest/ingest-arguments';

const PROBE = '-fpsprobesize 0 -analyzeduration 1000000';
const TS = `-probesize 100000 ${PROBE}`;
const FIRST = '-map 0:V:0 -map 0:a:0?';
const WORDS = '-hide_banner -nostdin -nostats -loglevel level+info';
const PASSED =
  '-c:v copy -c:a s302m -strict experimental -ar 48000 -sample_fmt s16 -ac 2 ' +
  '-f mpegts -muxdelay 0 -muxpreload 0 -pes_payload_size 0 -max_interleave_delta 200000 -flush_packets 1 pipe:1';

const s3 = { kind: 'file', url: 's3ssl://media/a.mp4', object: { bucket: 'media', key: 'a.mp4' } } as const;
const web = { kind: 'file', url: 'http://127.0.0.1:8/a.ts', object: undefined } as const;

describe('the arguments of an ingest', () => {
  test.each<readonly [string, IngestSource, string]>([
    ['a file of S3', { ...s3, loop: false }, `-re ${PROBE} -i /kept/a.mp4 ${FIRST}`],
    ['a file of S3 that loops', { ...s3, loop: true }, `-re -stream_loop -1 ${PROBE} -i /kept/a.mp4 ${FIRST}`],
    ['a file of a web server', { ...web, loop: false }, `-re ${PROBE} -i http://127.0.0.1:8/a.ts ${FIRST}`],
    [
      'HLS, whose best variant ffmpeg chooses',
      { kind: 'pull', protocol: 'hls', url: 'http://127.0.0.1:8/a.m3u8', srt: {} },
      `-re ${PROBE} -seg_format_options merge_pmt_versions=1 -i http://127.0.0.1:8/a.m3u8 -sn -dn`,
    ],
    [
      'RTMP that is pulled',
      { kind: 'pull', protocol: 'rtmp', url: 'rtmp://127.0.0.1/live/a', srt: {} },
      `${PROBE} -rtmp_live live -i rtmp://127.0.0.1/live/a ${FIRST}`,
    ],
    [
      'SRT that is called, its latency in microseconds',
      { kind: 'pull', protocol: 'srt', url: 'srt://127.0.0.1:9', srt: { latencyMs: 250, streamId: '#!::r=a&b' } },
      `${TS} -f mpegts -merge_pmt_versions 1 -srt_streamid #!::r=a&b -i srt://127.0.0.1:9?mode=caller&latency=250000 ${FIRST}`,
    ],
  ])('pull %s', (_what, source, words) => {
    expect(
      ingestArguments(source, source.kind === 'file' && source.object ? { path: '/kept/a.mp4' } : {}).join(' '),
    ).toBe(`${WORDS} ${words} ${PASSED}`);
  });

  test('follow the program map of an input for transport stream files', () => {
    const words = ingestArguments({ ...web, loop: false, isTransportStream: true }).join(' ');
    expect(words).toContain(`-f mpegts -merge_pmt_versions 1 -i ${web.url}`);
  });

  test('begin a file later, and play its rest only once', () => {
    const words = ingestArguments({ ...web, loop: true }, { from: 188 }).join(' ');
    expect(words).toContain(`-re -skip_initial_bytes 188 ${PROBE} -i ${web.url} ${FIRST}`);
    expect(words).not.toContain('loop');
  });

  test.each<readonly [PushProtocol, string]>([
    ['rtmp', `${PROBE} -f flv -i pipe:0`],
    ['srt', `${TS} -f mpegts -merge_pmt_versions 1 -i srt://127.0.0.1:7000?mode=listener&latency=200000`],
    [
      'rtp',
      `${TS} -f sdp -protocol_whitelist data,rtp,udp -localaddr 127.0.0.1 -listen_timeout -1 -i ${described(7000)}`,
    ],
    [
      'udp',
      `${TS} -f mpegts -merge_pmt_versions 1 -i udp://127.0.0.1:7000?localaddr=127.0.0.1&overrun_nonfatal=1&fifo_size=50000`,
    ],
  ])('wait for a publisher of %s, on the loopback address alone', async (protocol, words) => {
    const srt = protocol === 'srt' ? { latencyMs: 200 } : {};
    const source = { kind: 'push', endpoint: await endpoint(protocol), srt } as const;
    expect(ingestArguments(source).join(' ')).toBe(`${WORDS} ${words} ${FIRST} ${PASSED}`);
  });

  test('make the test pattern of a stand-in, which names the source', () => {
    const words = ingestArguments({
      kind: 'stand-in',
      what: 'a MediaConnect flow',
      because: 'it cannot exist in the local run',
    }).join(' ');
    expect(words).toContain('-re -f lavfi -i smptehdbars=size=1280x720:rate=30,drawtext=text=STAND-IN:');
    expect(words).toContain("drawtext=text='for a MediaConnect flow':");
    expect(words).toContain('[out0];sine=frequency=440:sample_rate=48000[out1] -c:v libx264');
  });
});

test.each<readonly [PushProtocol, string]>([
  ['rtmp', '-f flv rtmp://127.0.0.1:7000/live/key'],
  ['srt', '-f mpegts -srt_streamid a srt://127.0.0.1:7000?mode=caller&latency=200000'],
  ['rtp', '-f rtp_mpegts rtp://127.0.0.1:7000?pkt_size=1316'],
  ['udp', '-f mpegts udp://127.0.0.1:7000?pkt_size=1316'],
])('a publisher of %s has a command line to try', async (protocol, words) => {
  const srt = protocol === 'srt' ? { latencyMs: 200, streamId: 'a' } : {};
  expect(publishArguments(protocol, (await endpoint(protocol)).url, srt).join(' ')).toBe(words);
});

/** Description of an RTP session with a transport stream, as a URL. */
function described(port: number): string {
  const lines = `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 33\n`;
  return `data:application/sdp;base64,${Buffer.from(lines).toString('base64')}`;
}

function endpoint(protocol: PushProtocol): Promise<PushEndpoint> {
  const ports = { take: async () => 7000, release: () => {} };
  return PushEndpoint.open({ tcp: ports, udp: ports }, protocol, protocol === 'rtmp' ? 'live/key' : '');
}
