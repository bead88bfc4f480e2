import { type AdQuestion, filledUrl } from './ad-variables';
import { readVast, type TrackingEvent, type VastAd } from './vast';
import type { Web } from './web';

/** Longest time that an ad server may take. @see https://docs.aws.amazon.com/mediatailor/latest/ug/quotas.html */
const PATIENCE_MILLISECONDS = 3000;
/** Most wrappers around an ad. @see https://docs.aws.amazon.com/mediatailor/latest/ug/vast.html */
const WRAPPERS = 7;
/** Tolerance of lengths, in seconds: an ad may be a frame longer than it was said to be. */
const TOLERANCE = 0.05;

/** Asks the ad server of a configuration for the ads of a break. @returns none where it fails or is late. */
export async function askForAds(
  template: string,
  question: AdQuestion,
  { web, tell }: { readonly web: Web; readonly tell: (line: string) => void },
): Promise<readonly VastAd[]> {
  const { ip, userAgent } = question.viewer;
  const headers = { 'user-agent': userAgent, 'x-forwarded-for': ip };
  const end = Date.now() + PATIENCE_MILLISECONDS;
  const ask = async (url: string, around: readonly TrackingEvent[], depth: number): Promise<readonly VastAd[]> => {
    const answer = await web.get({ url, headers, milliseconds: Math.max(1, end - Date.now()) });
    if (answer.status !== 200) throw new Error(`it answers with status ${answer.status}`);
    const found: VastAd[] = [];
    for (const one of readVast(answer.body.toString('utf8'))) {
      if (!('next' in one)) found.push({ ...one, events: merged(one.events, around) });
      else if (depth >= WRAPPERS) tell(`The ad server wraps an ad more than ${WRAPPERS} times, so it is left out.`);
      else found.push(...(await ask(one.next, merged(one.events, around), depth + 1)));
    }
    return found;
  };
  const url = filledUrl(template, question);
  try {
    return await ask(url, [], 0);
  } catch (error) {
    tell(`The break ${question.avail.id} stays without ads. The ad server ${new URL(url).host}: ${String(error)}`);
    return [];
  }
}

/** Returns the ads that fit into a break, in their order. One that is longer than the rest of it is left out. */
export function fitting<T extends Pick<VastAd, 'seconds'>>(ads: readonly T[], seconds: number): readonly T[] {
  let left = seconds + TOLERANCE;
  return ads.filter((ad) => {
    if (ad.seconds > left) return false;
    left -= ad.seconds;
    return true;
  });
}

function merged(own: readonly TrackingEvent[], around: readonly TrackingEvent[]): readonly TrackingEvent[] {
  const names = [...new Set([...own, ...around].map(({ event }) => event))];
  return names.map((event) => ({
    event,
    urls: [...own, ...around].filter((one) => one.event === event).flatMap(({ urls }) => urls),
  }));
}
