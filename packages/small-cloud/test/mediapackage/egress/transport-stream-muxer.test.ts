import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Processes } from '../../../src/host/processes';
import {
  type TrackBytes,
  TransportStreamMuxer,
} from '../../../src/services/mediapackage/egress/transport-stream-muxer';
import { moveFragment } from '../../../src/services/mediapackage/ingest/cmaf-fragment';
import { type ReceivedFragment, TrackIntake } from '../../../src/services/mediapackage/ingest/track-intake';

const CMAF = '-f mp4 -movflags +cmaf+frag_keyframe+empty_moov+default_base_moof+delay_moov -use_editlist 0 pipe:1';

/** Start of the encoder on the channel's timeline: after more than a day, beyond the 33 bits of a TS time stamp. */
const START_SECONDS = 100_000;

let folder: string;
let processes: Processes;
let video: readonly ReceivedFragment[];
let audio: readonly ReceivedFragment[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'transport-stream-'));
  processes = new Processes(folder);
  video = encoded('testsrc2=size=160x90:rate=30', '-c:v libx264 -preset ultrafast -g 30 -pix_fmt yuv420p');
  audio = encoded('sine=sample_rate=48000', '-c:a aac -ac 2');
});

afterAll(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Encodes four seconds of a track in fragments of one second, late on a channel's timeline. */
function encoded(input: string, codec: string): readonly ReceivedFragment[] {
  const command = `-nostdin -loglevel error -f lavfi -t 4 -i ${input} ${codec} -frag_duration 1000000 ${CMAF}`;
  const fragments = new TrackIntake().push(execFileSync('ffmpeg', command.split(' '), { maxBuffer: 1 << 24 }));
  for (const { moof, timing, format } of fragments) {
    moveFragment(moof, timing.decodeTicks + START_SECONDS * format.timescale);
  }
  return fragments;
}

function bytes(fragments: readonly ReceivedFragment[], from: number, to: number): TrackBytes {
  const [first] = fragments;
  if (!first) throw new Error('ffmpeg wrote no fragment');
  return [first.format.init, ...fragments.slice(from, to).flatMap(({ moof, mdat }) => [moof, mdat])];
}

/** Lists codec, first and last time stamp of each stream, in seconds. */
function probed(segments: Buffer): Record<string, readonly [number, number]> {
  const args = '-v error -show_entries stream=codec_name:packet=stream_index,pts_time -of json pipe:0'.split(' ');
  const probe: { packets: { stream_index: number; pts_time: string }[]; streams: { codec_name: string }[] } =
    JSON.parse(execFileSync('ffprobe', args, { input: segments }).toString());
  return Object.fromEntries(
    probe.streams.map(({ codec_name: codec }, index) => {
      const times = probe.packets.filter((one) => one.stream_index === index).map((one) => Number(one.pts_time));
      return [codec, [Math.min(...times), Math.max(...times)]];
    }),
  );
}

describe('MPEG-TS segments', () => {
  test('contain video and audio, and are consecutive', async () => {
    const streams = new TransportStreamMuxer({ ffmpeg: 'ffmpeg', processes });
    const [one, two] = await Promise.all([
      streams.segment('one', [bytes(video, 0, 2), bytes(audio, 0, 2)]),
      streams.segment('two', [bytes(video, 2, 4), bytes(audio, 2, 4)]),
    ]);
    const [first, second] = [probed(one), probed(two)];
    expect(Object.keys(first)).toEqual(['h264', 'aac']);
    const wrapped = START_SECONDS % (2 ** 33 / 90_000);
    expect(first['h264']?.[0]).toBeCloseTo(wrapped, 1);
    expect(second['h264']?.[0]).toBeCloseTo((first['h264']?.[1] ?? 0) + 1 / 30, 3);
    expect(second['aac']?.[0]).toBeCloseTo((first['aac']?.[1] ?? 0) + 1024 / 48_000, 3);
  });

  test('are muxed once for all requests', async () => {
    const spawned: string[] = [];
    const counting = Object.assign(Object.create(processes), {
      spawn: (...args: Parameters<Processes['spawn']>) => {
        spawned.push(args[0]);
        return processes.spawn(...args);
      },
    });
    const streams = new TransportStreamMuxer({ ffmpeg: 'ffmpeg', processes: counting });
    const ask = () => streams.segment('one', [bytes(video, 0, 1)]);
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one).toBe(two);
    expect(await ask()).toBe(one);
    expect(spawned).toHaveLength(1);
  });

  test('are muxed two at a time', async () => {
    let [running, most] = [0, 0];
    const counting = Object.assign(Object.create(processes), {
      spawn: (...args: Parameters<Processes['spawn']>) => {
        most = Math.max(most, ++running);
        return processes.spawn(...args).once('close', () => running--);
      },
    });
    const streams = new TransportStreamMuxer({ ffmpeg: 'ffmpeg', processes: counting });
    await Promise.all([0, 1, 2, 3].map((index) => streams.segment(`${index}`, [bytes(video, index, index + 1)])));
    expect(most).toBe(2);
  });

  test('report ffmpeg’s message for unreadable media, and can be requested again', async () => {
    const streams = new TransportStreamMuxer({ ffmpeg: 'ffmpeg', processes });
    await expect(streams.segment('one', [[Buffer.from('no media')]])).rejects.toThrow(/could not mux.*pipe:3/s);
    expect(await streams.segment('one', [bytes(video, 0, 1)])).not.toHaveLength(0);
  });

  test('fail when there is no ffmpeg', async () => {
    const streams = new TransportStreamMuxer({ ffmpeg: join(folder, 'nothing'), processes });
    await expect(streams.segment('one', [bytes(video, 0, 1)])).rejects.toThrow('ENOENT');
  });
});
