import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { OriginOf } from '../../../lib/channel/origin';
import { openBrowser } from '../browser';
import { LocalCommand } from '../command';
import { bytes, mediaPlaylist, text, trackKinds, variants } from '../media';
import { expectMovingVideo, expectRenditions, offeredManifests } from '../origin-expectations';

let command: LocalCommand | undefined;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterEach(async () => {
  await command?.end();
  command = undefined;
});

afterAll(() => browser.close());

async function run(origin: Partial<OriginOf<'media-package'>>): Promise<LocalCommand> {
  command = await LocalCommand.start({
    origin: { kind: 'media-package', ...origin },
    channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' }],
  });
  return command;
}

describe('the local run with MediaPackage v2 as the origin', () => {
  test('plays the chosen formats, offers no others, and reports that Smooth Streaming is left out', async () => {
    const { playerUrl, output } = await run({ formats: ['dash', 'hls-ts', 'mss'] });
    const manifests = await offeredManifests(playerUrl);
    expect([...manifests.keys()]).toEqual(['dash', 'hls-ts']);
    expect(output).toContain('does not serve Microsoft Smooth Streaming');
    for (const format of manifests.keys()) await expectMovingVideo(browser, `${playerUrl}?format=${format}`);
    await expectRenditions(manifests.get('hls-ts') ?? '', 'sd-540p');
    const dash = manifests.get('dash') ?? '';
    expect((await fetch(dash.replace('.mpd', '.m3u8'))).status).toBe(404);
    expect((await fetch(dash.replace(/cmaf\/.*/, 'mss/index.ism/Manifest'))).status).toBe(501);
  });

  test('plays every rendition with its audio over CMAF Ingest', async () => {
    const { playerUrl } = await run({ ingest: 'cmaf', inputSwitching: 'media-quality' });
    const manifests = await offeredManifests(playerUrl);
    expect([...manifests.keys()]).toEqual(['ll-hls', 'hls', 'dash', 'hls-ts']);
    for (const format of ['ll-hls', 'dash']) await expectMovingVideo(browser, `${playerUrl}?format=${format}`);
    await expectRenditions(manifests.get('hls-ts') ?? '', 'sd-540p');
    for (const { url } of variants(await text(manifests.get('hls-ts') ?? ''), manifests.get('hls-ts') ?? '')) {
      const [segment] = mediaPlaylist(await text(url), url).segments;
      expect(trackKinds(await bytes(segment?.url ?? ''))).toEqual(['audio', 'video']);
    }
  });
});
