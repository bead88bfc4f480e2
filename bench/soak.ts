import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { CLOCK_LAYOUT, frameAge } from '../test/end-to-end/clock';
import { LocalCommand } from '../test/end-to-end/command';
import { Publisher } from '../test/end-to-end/publisher';
import { residentBytes } from './cpu';
import { median, type Section, slope, time } from './table';

/** Time after which the edge's cache and the packager's window are full, in minutes. */
const SETTLED_MINUTES = 8;
const BOUND = "the edge's cache fills to its 64 MB and the packager's window to its length";

interface Reading {
  readonly minute: number;
  readonly memory: number;
}

const memoryOf = (readings: readonly Reading[]) => median(readings.map(({ memory }) => memory));

/** Plays for some minutes, and measures per minute whether the latency drifts, playback stalls or memory grows. */
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
      const age = await page.evaluate(frameAge, CLOCK_LAYOUT);
      const minute = Math.floor((Date.now() - begun) / 60_000);
      if (age !== undefined) readings.push({ minute, age, memory: residentBytes(command.pid) });
      await page.waitForTimeout(1000);
    }
    const settled = readings.filter(({ minute }) => minute >= SETTLED_MINUTES);
    const of = (minute: number) => readings.filter((reading) => reading.minute === minute);
    return {
      title: `Local run: ${minutes} minutes without a break (low latency, hd-720p)`,
      rows: [
        ...Array.from({ length: minutes }, (_, minute) => ({
          what: `minute ${minute + 1}`,
          value: `${time(median(of(minute).map(({ age }) => age)))}`,
          note: `glass to glass, worst ${time(Math.max(...of(minute).map(({ age }) => age)))}; memory ${Math.round(memoryOf(of(minute)) / 1e6)} MB`,
        })),
        {
          what: 'memory grows by',
          value: `${(slope(settled.map(({ minute, memory }) => [minute, memory])) / 1e6).toFixed(2)} MB a minute`,
          note: `from minute ${SETTLED_MINUTES + 1}, by regression; before that, ${BOUND}`,
        },
      ],
    };
  } finally {
    await browser.close();
    await publisher.kill();
    await command.end();
  }
}
