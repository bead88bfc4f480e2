/** Takes docs/images/player.png: the player of the local run, with its stats open. `npm run screenshot`. */
import { join } from 'node:path';
import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { LocalCommand } from '../test/end-to-end/command';

async function main(): Promise<void> {
  const [command, browser] = await Promise.all([LocalCommand.start(undefined), openBrowser()]);
  try {
    const { page } = await openPlayer(browser, command.playerUrl, { width: 1280, height: 730 });
    await untilPlaying(page);
    await page.keyboard.press('s');
    await untilPlaying(page, 30);
    await page.screenshot({ path: join(__dirname, '..', 'docs', 'images', 'player.png') });
  } finally {
    await browser.close();
    await command.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
