import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { PATIENCE } from './patience';

/** The picture of a page at one moment. */
export interface Picture {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly colour: 'red' | 'blue' | 'show';
  /** Words of the overlay; empty without an ad. */
  readonly words: string;
  /** Seconds behind the position at which live is played; null while an ad plays. */
  readonly behindSeconds: number | null;
  readonly status: string;
  readonly rebuilds: number;
}

/** Looks at a page until a condition holds, and returns all that was seen. */
export async function watch(
  { page }: { readonly page: Page },
  until: (seen: readonly Picture[]) => boolean,
): Promise<readonly Picture[]> {
  const seen: Picture[] = [];
  const end = Date.now() + PATIENCE;
  while (!until(seen)) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${changes(seen)}`);
    seen.push(await look(page));
    await pause(100);
  }
  return seen;
}

/** Returns true once an ad was on the screen and the show is back. */
export function isBack(seen: readonly Picture[]): boolean {
  const last = seen.at(-1);
  return (
    seen.some(({ colour }) => colour !== 'show') &&
    last?.colour === 'show' &&
    last.words === '' &&
    last.behindSeconds !== null &&
    last.status === 'playing'
  );
}

function look(page: Page): Promise<Picture> {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('.ad-cover') ?? document.querySelector('video');
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d');
    if (video === null || context === null) throw new Error('there is no picture');
    const { videoWidth, videoHeight } = video;
    context.drawImage(video, videoWidth / 2, videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    const box = document.querySelector<HTMLElement>('.ad');
    const { behindSeconds = null, status = '', rebuilds = 0 } = window.livePlayer?.state() ?? {};
    const one = red > 200 && blue < 60 && green < 60 ? 'red' : 'show';
    return {
      at: Date.now(),
      colour: blue > 200 && red < 60 && green < 60 ? ('blue' as const) : (one as 'red' | 'show'),
      words: box === null || box.hidden ? '' : (box.firstElementChild?.textContent ?? ''),
      behindSeconds,
      status,
      rebuilds,
    };
  });
}

/** Returns what changed on a screen, for the words of a failure. */
function changes(seen: readonly Picture[]): string {
  const key = ({ colour, words, status, rebuilds }: Picture) => `${colour} ${words} ${status} ${rebuilds}`;
  const changed = seen.filter((one, index) => index === 0 || key(one) !== key(seen[index - 1] ?? one));
  return [...changed, ...seen.slice(-1)].map((one) => JSON.stringify(one)).join('\n');
}
