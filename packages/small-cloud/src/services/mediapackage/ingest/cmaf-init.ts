import { createHash } from 'node:crypto';
import { UnsupportedError } from '../../../contract';
import type { TrackFormat } from '../model/media';
import { type Box, boxAt, boxesIn } from './boxes';

/** Length of a plain box's header, before its children. */
const HEADER_BYTES = 8;
/** Bytes before the child boxes of `stsd`, and of a visual and an audio sample entry. */
const STSD_FIELDS = 16;
const VISUAL_FIELDS = 86;
const AUDIO_FIELDS = 36;

/**
 * Reads an init segment (`ftyp` and `moov`) of one H.264, HEVC or AAC track.
 *
 * @throws UnsupportedError for another codec, for several tracks and for encrypted ones.
 * @see ISO/IEC 14496-12 (boxes), 14496-15 (`avcC`, `hvcC`), 14496-1 (`esds`); RFC 6381 for codec strings
 */
export function trackFormat(init: Buffer): TrackFormat {
  const moov = boxesIn(init, 0).find((box) => box.type === 'moov')?.data;
  if (!moov) throw new Error('the init segment has no moov box');
  if (boxesIn(moov, 8).filter((box) => box.type === 'trak').length !== 1) {
    throw new UnsupportedError(
      'the init segment does not have exactly one track; send audio and video to URLs of their own',
    );
  }
  const mdhd = boxAt(moov, ['trak', 'mdia', 'mdhd']);
  const wide = mdhd[8] === 1;
  const trex = boxAt(moov, ['mvex', 'trex']);
  const entry = boxesIn(boxAt(moov, ['trak', 'mdia', 'minf', 'stbl', 'stsd']), STSD_FIELDS)[0];
  if (!entry) throw new Error('the init segment has no sample entry');
  return {
    id: createHash('sha256').update(init).digest('hex').slice(0, 10),
    init,
    timescale: mdhd.readUInt32BE(wide ? 28 : 20),
    language: language(mdhd.readUInt16BE(wide ? 40 : 28)),
    defaults: { sampleTicks: trex.readUInt32BE(20), sampleFlags: trex.readUInt32BE(28) },
    ...sampleEntry(entry, handlerName(boxAt(moov, ['trak', 'mdia']))),
  };
}

function sampleEntry({ type, data }: Box, title: string | undefined) {
  switch (type) {
    case 'avc1':
    case 'hvc1': {
      const children = boxesIn(data, VISUAL_FIELDS);
      return {
        kind: 'video',
        codec: type === 'avc1' ? avcCodec(child(children, 'avcC')) : hevcCodec(child(children, 'hvcC')),
        declaredBitrate: declaredBitrate(children),
        width: data.readUInt16BE(32),
        height: data.readUInt16BE(34),
      } as const;
    }
    case 'mp4a': {
      const children = boxesIn(data, AUDIO_FIELDS);
      return {
        kind: 'audio',
        codec: audioCodec(child(children, 'esds')),
        declaredBitrate: declaredBitrate(children),
        channels: data.readUInt16BE(24),
        sampleRate: data.readUInt16BE(32),
        title,
      } as const;
    }
    default:
      throw new UnsupportedError(
        `codec '${type}' is not packaged locally; send H.264 (avc1), HEVC (hvc1) or AAC (mp4a)`,
      );
  }
}

function avcCodec(avcC: Buffer): string {
  return `avc1.${avcC.toString('hex', 9, 12)}`;
}

const TIERS = ['L', 'H'] as const;

/**
 * Formats profile, compatibility flags (lowest bit first), tier, level and the constraints that are set.
 *
 * @see ISO/IEC 14496-15, E.3
 */
function hevcCodec(hvcC: Buffer): string {
  const profile = hvcC.readUInt8(9);
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const flags = hvcC.readUInt32BE(10).toString(2).padStart(32, '0');
  const compatibility = Number.parseInt([...flags].reverse().join(''), 2)
    .toString(16)
    .toUpperCase();
  const tier = TIERS[(profile >> 5) & 1] ?? 'L';
  const constraints =
    hvcC
      .toString('hex', 14, 20)
      .replace(/(00)+$/, '')
      .toUpperCase()
      .match(/../g) ?? [];
  return [`hvc1.${space}${profile & 31}`, compatibility, `${tier}${hvcC.readUInt8(20)}`, ...constraints].join('.');
}

function child(children: readonly Box[], type: string): Buffer {
  const found = children.find((box) => box.type === type);
  if (!found) throw new Error(`the sample entry has no ${type} box`);
  return found.data;
}

/** Reads the maximum bit rate from `btrt`: buffer size, maximum and average. 0 without the box. */
function declaredBitrate(children: readonly Box[]): number {
  return children.find((box) => box.type === 'btrt')?.data.readUInt32BE(12) ?? 0;
}

/** Reads the name from `hdlr`, up to a zero byte. ffmpeg writes `SoundHandler` for audio without a name. */
function handlerName(mdia: Buffer): string | undefined {
  const hdlr = boxesIn(mdia, HEADER_BYTES).find(({ type }) => type === 'hdlr')?.data;
  const name = hdlr?.toString('utf8', 32).split('\0')[0];
  return name === '' || name === 'SoundHandler' ? undefined : name;
}

/**
 * Reads the codec from `esds`, which nests descriptors: ES (3) > DecoderConfig (4) > DecoderSpecificInfo (5). The first
 * five bits of the last are the AAC profile.
 */
function audioCodec(esds: Buffer): string {
  const stream = descriptor(esds, 12, 3);
  const config = descriptor(esds, stream + 3, 4);
  const objectType = esds.readUInt8(config);
  const profile = esds.readUInt8(descriptor(esds, config + 13, 5)) >> 3;
  if (objectType !== 0x40 || profile !== 2) {
    throw new UnsupportedError(
      `audio 'mp4a.${objectType.toString(16)}.${profile}' is not packaged locally; send AAC-LC`,
    );
  }
  return 'mp4a.40.2';
}

/** Returns the offset of a descriptor's content. The length before it has one to four bytes of seven bits each. */
function descriptor(data: Buffer, offset: number, tag: number): number {
  if (data.readUInt8(offset) !== tag) throw new Error(`the esds box has no descriptor ${tag} at byte ${offset}`);
  let at = offset + 1;
  while (data.readUInt8(at) & 0x80) at++;
  return at + 1;
}

/** Unpacks three letters of five bits each; undefined for `und` and for QuickTime's numeric codes. */
function language(packed: number): string | undefined {
  const letters = [packed >> 10, packed >> 5, packed].map((bits) => String.fromCharCode((bits & 31) + 0x60)).join('');
  return letters === 'und' || !/^[a-z]{3}$/.test(letters) ? undefined : letters;
}
