import type { MediaPlayerClass } from 'dashjs';
import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import { declines } from '../audience/audience';
import type { Breaks } from '../breaks';
import type { Choice, PageEvent } from '../choice';
import type { Playback } from '../playback';
import { type AdEvent, adOf, Beacons, pageEventOf } from './beacons';
import { BreakBook } from './break-book';
import type { DashBreaks } from './dash-breaks';
import type { HlsBreaks } from './hls-breaks';
import type { MarkedBreak } from './interstitials';
import { Overlay } from './overlay';
import type { ListedAd } from './reports';
import { type AdsSettings, nativeAddress, readAds, readTailored } from './settings';

/** Number of groups of viewers; each sees its own order of ads. */
const SLOTS = 16;

/** Fills the breaks of channels with ads, from now on. The code of the engines is loaded by now, or will be soon. */
export async function follow(given: unknown, playback: Playback, video: HTMLVideoElement): Promise<void> {
  const tailored = readTailored(given);
  const settings = readAds(given);
  if (settings === undefined && tailored === undefined) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './ads.css' }));
  const overlay = new Overlay(video.parentElement ?? document.body, (settings ?? tailored)?.skipAfterSeconds);
  if (tailored !== undefined) {
    const { followTailored } = await import('./tailored');
    await followTailored({ settings: tailored, playback, overlay });
  }
  if (settings === undefined) return;
  const code = { hls: await import('./hls-breaks'), dash: await import('./dash-breaks') };
  const slot = Math.floor(Math.random() * SLOTS);
  const { prepare } = playback;
  playback.prepare = (wanted) => {
    const choice = prepare?.(wanted) ?? wanted;
    const channel = choice.channel?.name ?? '';
    if (!settings.channels.includes(channel) || choice.past !== undefined) return choice;
    if (choice.engine === 'native') return { ...choice, url: nativeAddress(choice, settings) };
    const breaks = new ChannelBreaks({ settings, overlay, code, video, slot, channel, tell: choice.tell });
    return { ...choice, ads: breaks } satisfies Choice;
  };
}

/** Means of {@link ChannelBreaks}. */
interface Means {
  readonly settings: AdsSettings;
  readonly overlay: Overlay;
  readonly code: {
    readonly hls: typeof import('./hls-breaks');
    readonly dash: typeof import('./dash-breaks');
  };
  readonly video: HTMLVideoElement;
  readonly slot: number;
  readonly channel: string;
  /** Adds an event to the report of the audience; undefined where there is none. */
  readonly tell: ((event: PageEvent) => void) | undefined;
}

/** The breaks of one channel that is open. */
class ChannelBreaks implements Breaks {
  private book = new BreakBook(Date.now());
  private shown: HlsBreaks | DashBreaks | undefined;

  constructor(private readonly means: Means) {}

  get playing(): boolean {
    return this.shown?.playing ?? false;
  }

  hls(settings: Partial<HlsConfig>, loader: HlsConfig['loader']): Partial<HlsConfig> {
    // A player that starts over does not show the ads of a break again.
    this.book = new BreakBook(Date.now());
    return this.means.code.hls.interstitialSettings((marked) => this.listOf(marked), settings, loader);
  }

  followHls(hls: Hls, moved: () => void): void {
    const { channel, overlay, code } = this.means;
    const reports = ({ uri, interstitial }: ListedAd) =>
      new Beacons({ channel, break: interstitial.replace(/^ads-/, ''), ad: adOf(uri) }, this.send);
    this.shown = new code.hls.HlsBreaks(hls, { overlay, reports, moved });
  }

  followDash(player: MediaPlayerClass): void {
    const { channel, overlay, video, code } = this.means;
    const listOf = (marked: MarkedBreak) => this.listOf(marked);
    this.shown = new code.dash.DashBreaks(player, { channel, overlay, video, send: this.send, listOf });
  }

  /** Returns the address of the asset list of a break; undefined for one that stays without ads. */
  private listOf(marked: MarkedBreak): string | undefined {
    const { settings, slot, channel } = this.means;
    if (!this.book.fills(marked)) return undefined;
    const { id, seconds } = marked;
    const query = new URLSearchParams({ channel, id, seconds: String(seconds), slot: String(slot) });
    return `${settings.list}?${query}`;
  }

  /** Reports an event of an ad: with the viewing, where the audience is measured, and by a request of its own elsewhere. */
  private readonly send = (shown: AdEvent): void => {
    if (declines(navigator)) return;
    const { tell, settings } = this.means;
    if (tell !== undefined) {
      tell(pageEventOf(shown));
      return;
    }
    const query = new URLSearchParams({ ...shown });
    void fetch(`${settings.beacon}?${query}`, { keepalive: true }).catch(() => {});
  };
}
