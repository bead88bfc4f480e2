import { POINTS } from '../tracking';
import { readAssetName } from './ad-clip';
import type { PlacedAd } from './session-breaks';

/** Addresses that count the events of ads in a session which MediaTailor reports; each event once. */
export class ServerReports {
  private readonly reported = new Set<string>();

  /**
   * Returns the addresses that a request for a file of an ad is reported to: those of the events whose time is in the segment.
   *
   * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-server-side-timing-behavior.html
   */
  due({ ad, clip, id }: PlacedAd, file: string): readonly string[] {
    const { track = -1, number } = readAssetName(file) ?? {};
    const { segments = [] } = clip.tracks[track] ?? {};
    if (number === undefined || segments[number - 1] === undefined) return [];
    const ticks = (count: number): number => segments.slice(0, count).reduce((sum, one) => sum + one.ticks, 0);
    const [from, to, all] = [ticks(number - 1), ticks(number), ticks(segments.length)];
    return ad.events.flatMap(({ event, urls }) => {
      const at = (POINTS[event] ?? Number.NaN) * all;
      const isWithin = at >= from && (at < to || (number === segments.length && at === all));
      const key = `${id} ${event}`;
      if (!isWithin || this.reported.has(key)) return [];
      this.reported.add(key);
      return urls;
    });
  }
}
