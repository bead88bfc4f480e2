import type { Page } from 'playwright-core';

/** Scheme of timed ID3 in event message boxes. */
const SCHEME = 'https://aomedia.org/emsg/ID3';

/** A question in the video, and its time on the timeline of the channel, in seconds. */
interface FoundQuestion {
  readonly text: string;
  readonly seconds: number;
}

/** Notes the questions in the video that a page loads. @returns a function that tells the time of the first frame of one */
export function questionFrames(page: Page): (question: string) => Promise<number> {
  const bodies: Promise<readonly FoundQuestion[]>[] = [];
  page.on('response', (response) => {
    if (!response.ok() || !/\.(mp4|m4s|cmfv)$/.test(new URL(response.url()).pathname)) return;
    // The answer to a request that the player gave up has no body.
    bodies.push(response.body().then(questionsIn, () => []));
  });
  return async (question) => {
    const found = (await Promise.all(bodies)).flat().filter(({ text }) => text.includes(JSON.stringify(question)));
    return Math.min(...found.map(({ seconds }) => seconds));
  };
}

/** Finds the event messages in front of fragments. */
function questionsIn(body: Buffer): readonly FoundQuestion[] {
  const found: FoundQuestion[] = [];
  for (let at = body.indexOf(SCHEME); at >= 0; at = body.indexOf(SCHEME, at + 1)) {
    const box = body.subarray(at - 32);
    const seconds = Number(box.readBigUInt64BE(16)) / box.readUInt32BE(12);
    found.push({ seconds, text: box.toString('utf8', 32, box.readUInt32BE(0)) });
  }
  return found;
}

/** Returns the date of time 0 of the timeline of a channel, in milliseconds since 1970: by its MPD. */
export async function timelineStart(playerUrl: string): Promise<number> {
  const config = (await (await fetch(new URL('/config.json', playerUrl))).json()) as {
    readonly channels: readonly { readonly manifests: readonly { readonly format: string; readonly url: string }[] }[];
  };
  const url = config.channels[0]?.manifests.find(({ format }) => format === 'dash')?.url ?? '';
  const mpd = await (await fetch(new URL(url, playerUrl))).text();
  return Date.parse(/availabilityStartTime="([^"]+)"/.exec(mpd)?.[1] ?? '');
}
