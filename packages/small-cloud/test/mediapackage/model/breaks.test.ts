import { describe, expect, test } from '@jest/globals';
import { renderMpd } from '../../../src/services/mediapackage/dash/mpd';
import { mpdView } from '../../../src/services/mediapackage/dash/mpd-view';
import { renderMediaPlaylist } from '../../../src/services/mediapackage/hls/media-playlist';
import { mediaPlaylistView } from '../../../src/services/mediapackage/hls/media-playlist-view';
import type { HlsManifest } from '../../../src/services/mediapackage/model/endpoint';
import { spliceMessage } from '../../../src/services/mediapackage/model/splice-message';
import type { PlacedMessage } from '../../../src/services/mediapackage/model/view';
import { DASH, EPOCH, HLS, LL, playing } from '../live-channel';

const out = (seconds: number, eventId = 7, length: number | undefined = 6): PlacedMessage => ({
  id: eventId,
  seconds,
  message: { kind: 'splice-out', eventId, durationTicks: length === undefined ? undefined : length * 90_000 },
});
const back = (seconds: number, eventId = 7): PlacedMessage => ({
  id: eventId,
  seconds,
  message: { kind: 'splice-in', eventId },
});
const at = (seconds: number) => new Date((EPOCH + seconds) * 1000).toISOString();

/** The lines of a playlist of 20.5 s that mark breaks, and those after them. */
function tags(manifest: HlsManifest, ...messages: readonly PlacedMessage[]): readonly string[] {
  const model = mediaPlaylistView({ ...playing(20.5).view, messages }, manifest, 'video');
  if (model === undefined) throw new Error('there is no playlist');
  return renderMediaPlaylist(model)
    .split('\n')
    .filter((line) => /DATERANGE|CUE/.test(line));
}

const DATED: HlsManifest = { ...HLS, adMarkers: 'DATERANGE' };

describe('ad breaks', () => {
  test('a break is a DATERANGE with its length, and another one with its end', () => {
    expect(tags(DATED, out(5))).toEqual([
      expect.stringMatching(
        new RegExp(`^#EXT-X-DATERANGE:ID="7",START-DATE="${at(5)}",PLANNED-DURATION=6.000,SCTE35-OUT=0xFC30[0-9A-F]+$`),
      ),
      `#EXT-X-DATERANGE:ID="7",START-DATE="${at(5)}",END-DATE="${at(11)}",DURATION=6.000`,
    ]);
  });

  test('the tag stands before the segment that the break begins in', () => {
    const model = mediaPlaylistView({ ...playing(20.5).view, messages: [out(5)] }, DATED, 'video');
    expect(model?.segments.map(({ breakTags = [] }) => breakTags.length)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0]);
  });

  test('a return ends a break before its time, and one without a length', () => {
    for (const length of [6, undefined]) {
      const [, end] = tags(DATED, out(5, 7, length), back(8));
      expect(end).toContain(`END-DATE="${at(8)}",DURATION=3.000,SCTE35-IN=0xFC`);
    }
  });

  test('a return that makes room for a break with the same id does not end that one', () => {
    const [, end, again, endAgain] = tags(DATED, out(5), back(8), out(8));
    expect(end).toContain(`END-DATE="${at(8)}"`);
    expect(again).toContain(`START-DATE="${at(8)}"`);
    expect(endAgain).toContain(`END-DATE="${at(14)}"`);
  });

  test('a break whose end is still to come has none', () => {
    expect(tags(DATED, out(17))).toHaveLength(1);
    expect(tags({ ...DATED, lowLatency: true }, out(20, 7, 0.1))).toHaveLength(1);
  });

  test('a break inside a break has tags of its own', () => {
    expect(tags(DATED, out(5), out(7, 8, 2))).toHaveLength(4);
  });

  test('a break that is announced late is in the newest segment of a low-latency playlist at once', () => {
    expect(tags({ ...LL, adMarkers: 'DATERANGE' }, out(20.6))).toHaveLength(1);
  });

  test('the other kind of marker is CUE-OUT and CUE-IN; without markers there is nothing', () => {
    expect(tags({ ...HLS, adMarkers: 'SCTE35_ENHANCED' }, out(5))).toEqual(['#EXT-X-CUE-OUT:6.000', '#EXT-X-CUE-IN']);
    expect(tags(HLS, out(5))).toEqual([]);
  });

  test.each(['BINARY', 'XML'] as const)('DASH has an event in the period (%s)', (adMarkers) => {
    const mpd = mpdView({ ...playing(20.5).view, messages: [out(5)] }, { ...DASH, adMarkers }, 0);
    if (mpd === undefined) throw new Error('there is no MPD');
    const text = renderMpd(mpd);
    expect(text).toContain('<Event presentationTime="450000" duration="540000" id="7">');
    expect(text).toContain(adMarkers === 'XML' ? 'urn:scte:scte35:2013:xml' : 'urn:scte:scte35:2014:xml+bin');
  });
});

describe('an SCTE-35 message', () => {
  test('is a splice_info_section whose checksum comes out as 0', () => {
    const bytes = spliceMessage({ kind: 'splice-out', eventId: 7, durationTicks: 2_700_000 }, 5);
    expect(bytes.readUInt16BE(1) & 0xfff).toBe(bytes.length - 3);
    let crc = 0xffffffff;
    for (const byte of bytes) {
      crc ^= byte << 24;
      for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    }
    expect(crc).toBe(0);
  });

  test('says its event, its time and its length where SCTE-35 has them', () => {
    const bytes = spliceMessage({ kind: 'splice-out', eventId: 7, durationTicks: 2_700_000 }, 5);
    // The command begins after the 14 bytes of the header: id, flags, time, length.
    expect(bytes.readUInt32BE(14)).toBe(7);
    expect(bytes[19]).toBe(0xef);
    expect(bytes.readUInt32BE(21)).toBe(450_000);
    expect(bytes.readUInt32BE(26)).toBe(2_700_000);
  });
});
