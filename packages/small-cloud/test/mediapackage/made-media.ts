import { MovableBytes } from '../../src/services/mediapackage/model/kept-bytes';
import type { Fragment, SessionStart, TrackFormat } from '../../src/services/mediapackage/model/media';

/** Ticks a second of all media in these tests. */
export const TIMESCALE = 1000;

/** Builds a box with a header and some content. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

/** Joins 32-bit numbers. */
export function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4);
  return buffer;
}

interface InitOptions {
  readonly codec?: string;
  /** Level of an H.264 track, times ten. Another level gives another init segment. */
  readonly level?: number;
}

/** Builds an init segment as an encoder writes it. */
export function madeInit(kind: 'video' | 'audio', { codec, level = 30 }: InitOptions = {}): Buffer {
  const entry = kind === 'video' ? visualEntry(codec ?? 'avc1', level) : audioEntry(codec ?? 'mp4a');
  const mdhd = box('mdhd', words(0, 0, 0, TIMESCALE, 0), Buffer.from([0x55, 0xc4, 0, 0]));
  const stbl = box('stbl', box('stsd', words(0, 1), entry));
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6')),
    box('moov', box('trak', box('mdia', mdhd, box('minf', stbl))), box('mvex', box('trex', words(0, 1, 1, 0, 0, 0)))),
  ]);
}

function visualEntry(codec: string, level: number): Buffer {
  const fields = Buffer.alloc(78);
  fields.writeUInt16BE(640, 24);
  fields.writeUInt16BE(360, 26);
  return box(codec, fields, box('avcC', Buffer.from([1, 0x4d, 0x40, level])), box('btrt', words(0, 800_000, 700_000)));
}

function audioEntry(codec: string): Buffer {
  const fields = Buffer.alloc(28);
  fields.writeUInt16BE(2, 16);
  fields.writeUInt16BE(48_000, 24);
  const specific = Buffer.from([5, 2, 0x11, 0x90]);
  const config = Buffer.from([4, 13 + specific.length, 0x40, ...Buffer.alloc(12), ...specific]);
  const stream = Buffer.from([3, 3 + config.length, 0, 0, 0, ...config]);
  return box(codec, fields, box('esds', words(0), stream));
}

/** Builds a fragment as an encoder writes it; times are milliseconds of the encoder's own timeline. */
export function madeFragment(start: number, duration: number, independent: boolean, payload = 'media'): Buffer {
  const flags = independent ? 0x02000000 : 0x01010000;
  const tfhd = box('tfhd', words(0x020000, 1));
  const tfdt = box('tfdt', words(0x01000000, 0, start));
  const trun = box('trun', words(0x104, 1, flags, duration));
  return Buffer.concat([
    box('moof', box('mfhd', words(0, 1)), box('traf', tfhd, tfdt, trun)),
    box('mdat', Buffer.from(payload)),
  ]);
}

/** Builds a format, for tests that need no bytes. */
export function madeFormat(kind: 'video' | 'audio', id: string = kind): TrackFormat {
  const any = {
    id,
    init: Buffer.from(id),
    timescale: TIMESCALE,
    declaredBitrate: 0,
    language: undefined,
    defaults: { sampleTicks: 0, sampleFlags: 0 },
  };
  return kind === 'video'
    ? { ...any, kind, codec: 'avc1.4d401e', width: 640, height: 360 }
    : { ...any, kind, codec: 'mp4a.40.2', channels: 2, sampleRate: 48_000 };
}

/** Builds a session with the track `video` as its leader. */
export function madeSession(startSeconds: number, options: Partial<SessionStart> = {}): SessionStart {
  return { tracks: ['video', 'audio'], leader: 'video', startSeconds, discontinuity: false, ...options };
}

/** Builds a stored fragment, for tests that need no bytes; times are seconds of the channel's timeline. */
export function storedFragment(
  session: SessionStart,
  format: TrackFormat,
  ordinal: number,
  startSeconds: number,
  seconds: number,
  independent: boolean,
): Fragment {
  return {
    ordinal,
    session,
    format,
    startTicks: Math.round(startSeconds * TIMESCALE),
    durationTicks: Math.round(seconds * TIMESCALE),
    startSeconds,
    endSeconds: startSeconds + seconds,
    samples: 15,
    independent,
    data: new MovableBytes(Buffer.alloc(1000)),
  };
}
