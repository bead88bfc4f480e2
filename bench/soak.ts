import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { CLOCK_LAYOUT, pictureAge } from '../test/end-to-end/clock';
import { LocalCommand } from '../test/end-to-end/command';
import { Publisher } from '../test/end-to-end/publisher';
import { residentBytes } from './cpu';
import { median, type Section, time } from './table';

/** Minutes of playing on end: does the stream drift from the clock, does memory grow, does the picture stall? */
export async function soak(minutes: number): Promise<Section> {
  const command = await LocalCommand.start({
    channels: [
      {
        name: 'main',
        input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/clock'] },
        latency: 'low',
      },
    ],
  });
  const publisher = Publisher.start(`rtmp://127.0.0.1:${command.rtmpPort}/live/clock`, '1280x720');
  const browser = await openBrowser();
  try {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 10);
    const readings: { minute: number; age: number; memory: number }[] = [];
    for (const begun = Date.now(); Date.now() - begun < minutes * 60_000; ) {
      const age = await page.evaluate(pictureAge, CLOCK_LAYOUT);
      const minute = Math.floor((Date.now() - begun) / 60_000);
      if (age !== undefined) readings.push({ minute, age, memory: residentBytes(command.pid) });
      await page.waitForTimeout(1000);
    }
    const of = (minute: number) => readings.filter((reading) => reading.minute === minute);
    return {
      title: `Local run: ${minutes} minutes on end (low latency, hd-720p)`,
      rows: Array.from({ length: minutes }, (_, minute) => ({
        what: `minute ${minute + 1}`,
        value: `${time(median(of(minute).map(({ age }) => age)))}`,
        note: `glass to glass, worst ${time(Math.max(...of(minute).map(({ age }) => age)))}; memory ${Math.round(median(of(minute).map(({ memory }) => memory)) / 1e6)} MB`,
      })),
    };
  } finally {
    await browser.close();
    await publisher.kill();
    await command.end();
  }
}
