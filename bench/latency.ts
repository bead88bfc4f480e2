import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { CLOCK_LAYOUT, frameAge } from '../test/end-to-end/clock';
import { LocalCommand } from '../test/end-to-end/command';
import { Publisher } from '../test/end-to-end/publisher';
import { median, type Row, type Section, time } from './table';

const GOALS: Readonly<Record<string, string>> = {
  'low ll-hls': '; goal: at most 2.5 s',
  'standard hls': '; goal: at most 15 s',
};

/**
 * Measures glass to glass. A publisher burns the wall clock into its video, and a script reads it from the frames that
 * Chromium shows, after RTMP ingest, the encoder with the default ladder, the origin and the edge.
 *
 * @param seconds - time that the clock is read, once playback has settled.
 */
export async function latency(seconds: number): Promise<Section> {
  const rows: Row[] = [];
  for (const preset of ['low', 'standard'] as const) {
    const command = await LocalCommand.start({
      channels: [
        {
          name: 'main',
          input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/clock'] },
          latency: preset,
        },
      ],
    });
    const publisher = Publisher.start(`rtmp://127.0.0.1:${command.rtmpPort}/live/clock`, '1280x720');
    const browser = await openBrowser();
    try {
      for (const format of ['ll-hls', 'hls']) {
        const { page } = await openPlayer(browser, `${command.playerUrl}?format=${format}`);
        await untilPlaying(page, 10);
        const ages: number[] = [];
        for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
          const age = await page.evaluate(frameAge, CLOCK_LAYOUT);
          if (age !== undefined) ages.push(age);
          await page.waitForTimeout(250);
        }
        await page.close();
        rows.push({
          what: `${preset}, ${format}`,
          value: time(median(ages)),
          note: `median of ${ages.length} readings in ${seconds} s, worst ${time(Math.max(...ages))}${GOALS[`${preset} ${format}`] ?? ''}`,
        });
      }
    } finally {
      await browser.close();
      await publisher.kill();
      await command.end();
    }
  }
  return { title: 'Local run: glass to glass', rows };
}
