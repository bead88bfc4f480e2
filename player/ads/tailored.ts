import type { MediaPlayerClass } from 'dashjs';
import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import { declines } from '../audience/audience';
import type { Breaks } from '../breaks';
import type { Choice } from '../choice';
import type { Playback } from '../playback';
import { pageEventOf } from './beacons';
import type { HlsBreaks } from './hls-breaks';
import type { Overlay } from './overlay';
import { throughSession } from './session-loader';
import type { TailoredChannel, TailoredSettings } from './settings';
import { StitchedAds } from './stitched-ads';
import { type Reporting, TrackedAd } from './tracked-ads';

/** A guided session; the player reports what it showed. */
const GUIDED = { 'aws.insertionMode': 'GUIDED', 'aws.reportingMode': 'CLIENT' };
/** A guided session of a player that reports nothing: MediaTailor does. */
const REPORTED = { 'aws.insertionMode': 'GUIDED' };

/** Means of {@link followTailored}. */
interface Means {
  readonly settings: TailoredSettings;
  readonly playback: Playback;
  readonly overlay: Overlay;
}

/**
 * Plays channels through MediaTailor from now on: guided sessions of HLS, whose ads this page shows and reports, and
 * stitched sessions of DASH, which MediaTailor reports. The past of a channel has no ads.
 */
export async function followTailored({ settings, playback, overlay }: Means): Promise<void> {
  const code = await import('./hls-breaks');
  const { prepare } = playback;
  playback.prepare = (wanted) => {
    const choice = prepare?.(wanted) ?? wanted;
    const channel = settings.channels.find((one) => one.channel === choice.channel?.name);
    if (channel === undefined || choice.past !== undefined) return choice;
    // The browser's own player shows interstitials itself.
    if (choice.engine === 'native') return { ...choice, url: sessionOf(choice.url, channel.hls, REPORTED) };
    return { ...choice, ads: new TailoredBreaks(code, overlay, channel, reporting(channel, choice)) } satisfies Choice;
  };
}

/** The breaks of one channel that is open through MediaTailor. */
class TailoredBreaks implements Breaks {
  private shown: HlsBreaks | undefined;
  /** True once MediaTailor did not begin a session of DASH. */
  private refused = false;

  constructor(
    private readonly code: typeof import('./hls-breaks'),
    private readonly overlay: Overlay,
    private readonly channel: TailoredChannel,
    private readonly reporting: Reporting,
  ) {}

  get playing(): boolean {
    return this.shown?.playing ?? false;
  }

  hls(settings: Partial<HlsConfig>, loader: HlsConfig['loader']): Partial<HlsConfig> {
    return throughSession(settings, loader, (manifest) => sessionOf(manifest, this.channel.hls, GUIDED));
  }

  followHls(hls: Hls, moved: () => void): void {
    const { overlay, reporting: means } = this;
    this.shown = new this.code.HlsBreaks(hls, { overlay, moved, reports: (ad) => new TrackedAd(ad, means) });
  }

  followDash(player: MediaPlayerClass): void {
    // The show without ads, for a player that starts over after a session that did not begin.
    if (this.refused) return;
    const { dash } = this.channel;
    new StitchedAds(player, this.overlay);
    let began = false;
    player.addRequestInterceptor(async (request) => {
      const { pathname } = new URL(request.url, location.href);
      if (pathname.endsWith('.mpd') && !pathname.startsWith(dash)) request.url = sessionOf(request.url, dash, {});
      return request;
    });
    player.on('manifestLoaded', () => {
      began = true;
    });
    player.on('error', () => {
      this.refused ||= !began;
    });
  }
}

/** Returns the address of a session of a manifest. */
function sessionOf(manifest: string, prefix: string, more: Readonly<Record<string, string>>): string {
  const { pathname, searchParams } = new URL(manifest, location.href);
  for (const [name, value] of Object.entries(more)) searchParams.set(name, value);
  const url = new URL(`${prefix}${pathname.slice(1)}`, location.href);
  url.search = String(searchParams);
  return url.href;
}

/** Reports ads to addresses that count, which may be on another host, and with the viewing where the audience is measured. */
function reporting({ channel }: TailoredChannel, { tell }: Pick<Choice, 'tell'>): Reporting {
  return {
    channel,
    send: (url) => {
      if (declines(navigator)) return;
      void fetch(url, { mode: 'no-cors', keepalive: true }).catch(() => {});
    },
    tell: tell && ((event) => tell(pageEventOf(event))),
  };
}
