import type { MediaPlayerClass } from 'dashjs';
import type { Overlay, Spot } from './overlay';

/** End of the id of a period that MediaTailor made of an ad: the number of the ad in its break. */
const AD_NUMBER = /_(\d+)$/;
/** Folders of the segments of ads. @see https://docs.aws.amazon.com/mediatailor/latest/ug/baseurls-for-dash.html */
const AD_FOLDER = /\/v1\/dashsegment\/|\/tm\//;

/** An ad in an MPD, as the overlay shows it. */
type ListedSpot = Omit<Spot, 'shown'>;

/**
 * Says which ad of a stitched session of DASH is on the screen. The MPD has the ads as periods; how many there are in a break,
 * and how long, is asked of MediaTailor. Nothing is reported, because MediaTailor does.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-client-side-ad-tracking-schema.html
 */
export class StitchedAds {
  private tracking: string | undefined;
  /** Ids of the periods that are ads. */
  private periods: readonly string[] = [];
  private readonly spots = new Map<string, ListedSpot>();
  private readonly asked = new Set<string>();

  constructor(
    private readonly player: MediaPlayerClass,
    private readonly overlay: Overlay,
  ) {
    player.on('manifestLoaded', ({ data }) => {
      this.tracking = trackingOf('url' in data ? String(data.url) : '');
      this.periods = adPeriods(data);
    });
    player.on('playbackTimeUpdated', () => this.look());
    player.on('streamTeardownComplete', () => this.overlay.hide());
  }

  private look(): void {
    const { id = '', start = 0, duration = Number.NaN } = this.player.getActiveStream()?.getStreamInfo() ?? {};
    if (!this.periods.includes(id)) {
      this.overlay.hide();
      return;
    }
    if (!this.asked.has(id)) void this.ask(id);
    const number = Number(AD_NUMBER.exec(id)?.[1] ?? 1);
    const spot = this.spots.get(id) ?? { number, of: undefined, seconds: duration };
    this.overlay.show({ ...spot, shown: this.player.getVideoElement().currentTime - start }, undefined);
  }

  private async ask(period: string): Promise<void> {
    this.asked.add(period);
    if (this.tracking === undefined) return;
    try {
      const answer = await fetch(this.tracking);
      for (const [id, spot] of spotsOf(await answer.json())) this.spots.set(id, spot);
    } catch {
      // The overlay says what the MPD tells.
    }
  }
}

/** Returns the ids of the periods of an MPD, as dash.js has read it, whose segments are those of an ad. */
export function adPeriods(mpd: object): readonly string[] {
  return listOf(mpd, 'Period').flatMap((period) => {
    const { id, BaseURL: folders = '' } = Object(period) as Readonly<Record<string, unknown>>;
    return AD_FOLDER.test(JSON.stringify(folders)) ? [String(id)] : [];
  });
}

/** Returns the address that lists the ads of a session, given the one of its MPD; undefined for an MPD without a session. */
export function trackingOf(mpd: string): string | undefined {
  const [, begin, channel, session] = /^(.*)\/v1\/dash(\/[^/]+\/[^/]+\/).*[?&]aws\.sessionId=([^&]+)/.exec(mpd) ?? [];
  return session === undefined ? undefined : `${begin}/v1/tracking${channel}${session}`;
}

/** Reads the ads of a session by the ids of their periods. */
export function spotsOf(answer: unknown): ReadonlyMap<string, ListedSpot> {
  const found = new Map<string, ListedSpot>();
  for (const avail of listOf(answer, 'avails')) {
    const ads = listOf(avail, 'ads');
    for (const [index, ad] of ads.entries()) {
      const { adId, durationInSeconds: seconds } = Object(ad) as Readonly<Record<string, unknown>>;
      if (typeof adId !== 'string' || typeof seconds !== 'number') continue;
      found.set(adId, { number: index + 1, of: ads.length, seconds });
    }
  }
  return found;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = (Object(value) as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(list) ? list : [];
}
