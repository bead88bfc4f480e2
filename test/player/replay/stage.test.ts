import { describe, expect, test } from '@jest/globals';
import { engineFor } from '../../../player/choice';
import { playable } from '../../../player/replay/stage';

const CAPABILITIES = { mediaSource: true, managedMediaSource: false, nativeHls: true };
const MANIFESTS = [
  { format: 'hls-ts', url: '/ts.m3u8' },
  { format: 'dash', url: '/index.mpd' },
  { format: 'hls', url: '/index.m3u8' },
] as const;

function chosen(live: Parameters<typeof playable>[2]) {
  return playable({ engineFor, capabilities: CAPABILITIES }, MANIFESTS, live)?.url;
}

describe('the manifest of the past', () => {
  test('is that of the format which plays live', () => {
    expect(chosen({ format: 'hls', engine: 'hls.js' })).toBe('/index.m3u8');
    expect(chosen({ format: 'dash', engine: 'dash.js' })).toBe('/index.mpd');
  });

  test('is one for the same engine, where that format reaches not back', () => {
    expect(chosen({ format: 'll-hls', engine: 'hls.js' })).toBe('/ts.m3u8');
  });

  test('is the first that plays, where the engine plays none', () => {
    expect(chosen({ format: 'll-hls', engine: 'native' })).toBe('/ts.m3u8');
  });
});
