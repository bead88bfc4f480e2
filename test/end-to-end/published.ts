import type { Page } from 'playwright-core';
import { CLOCK_LAYOUT, frameAge } from './clock';
import { PATIENCE } from './patience';

/**
 * Waits until a viewer sees frames that a publisher sent after a moment, however far behind live this machine is.
 *
 * @param moment - in milliseconds since 1970.
 */
export async function untilFramesAfter(page: Page, moment: number): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (let shown = await publishedAt(page); shown <= moment; shown = await publishedAt(page)) {
    if (Date.now() > end) {
      throw new Error(`The viewer sees frames of ${new Date(shown)}, not after ${new Date(moment)}`);
    }
  }
}

/**
 * Reads when the frame that a viewer sees was published, in milliseconds since 1970. It is the median of some readings,
 * because a square of the clock is misread now and then in a frame of 240 lines.
 */
async function publishedAt(page: Page): Promise<number> {
  const times: number[] = [];
  for (let reading = 0; reading < 15; reading += 1) {
    const age = await page.evaluate(frameAge, CLOCK_LAYOUT);
    if (age !== undefined) times.push(Date.now() - age);
    await page.waitForTimeout(200);
  }
  times.sort((one, other) => one - other);
  return times[Math.floor(times.length / 2)] ?? 0;
}
