import type { MediaPlayerClass } from 'dashjs';
import Hls from 'hls.js';
import { type AdEvent, adOf, Beacons } from './beacons';
import { breakName, type MarkedBreak } from './interstitials';
import type { Overlay } from './overlay';

/** Kinds of break events that MediaPackage writes. */
const SCHEMES = ['urn:scte:scte35:2014:xml+bin', 'urn:scte:scte35:2013:xml'];
/** Time for which an ad may stand still before the show goes on without it. */
const PATIENCE_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 250;
/** An event that comes later than this came into being before the viewer did, in seconds: dash.js tells of breaks that go on. */
const LATEST_SECONDS = 2;

/** Means of {@link DashBreaks}. */
export interface DashBreaksMeans {
  readonly channel: string;
  readonly overlay: Overlay;
  /** The video of the show. */
  readonly video: HTMLVideoElement;
  readonly send: (event: AdEvent) => void;
  /** Returns the address of the asset list of a break; undefined for one that stays without ads. */
  readonly listOf: (marked: MarkedBreak) => string | undefined;
}

interface Asset {
  readonly URI: string;
  readonly DURATION: number;
}

/** An event of dash.js, as far as it is read here. */
interface BreakEvent {
  readonly id?: number | string;
  /** Seconds. */
  readonly duration?: number;
  /** Its place on the timeline of the video, in seconds. */
  readonly calculatedPresentationTime?: number;
}

/** Shows ads in a second video over the picture of a dash.js, which plays on without its audio. */
export class DashBreaks {
  private cover: HTMLVideoElement | undefined;
  private hls: Hls | undefined;

  constructor(
    player: MediaPlayerClass,
    private readonly means: DashBreaksMeans,
  ) {
    for (const scheme of SCHEMES) {
      player.on(scheme, ({ event }: { readonly event?: BreakEvent }) => void this.begin(event ?? {}));
    }
    player.on('streamTeardownComplete', () => this.end());
  }

  get playing(): boolean {
    return this.cover !== undefined;
  }

  private async begin({ id, duration = 0, calculatedPresentationTime }: BreakEvent): Promise<void> {
    if (this.playing || !(duration > 0)) return;
    const { currentTime } = this.means.video;
    // A viewer who comes in the middle of a break sees the show beneath it.
    if (currentTime - (calculatedPresentationTime ?? currentTime) > LATEST_SECONDS) return;
    const began = performance.now();
    // The event fires when the break reaches the screen, so it begins now by this page's clock.
    const name = breakName(String(id ?? ''));
    const list = this.means.listOf({ id: name, start: Date.now(), seconds: duration });
    if (list === undefined) return;
    try {
      const answer = await fetch(list);
      const { ASSETS: assets = [] } = (await answer.json()) as { readonly ASSETS?: readonly Asset[] };
      if (!answer.ok || assets.length === 0) return;
      this.open();
      for (const [index, asset] of assets.entries()) {
        if (!this.playing || performance.now() - began > (duration - asset.DURATION + 2) * 1000) break;
        await this.show(asset, { name, number: index + 1, of: assets.length });
      }
    } catch {
      // A break that cannot be filled shows what is beneath it.
    } finally {
      this.end();
    }
  }

  private open(): void {
    const { video } = this.means;
    const cover = document.createElement('video');
    cover.className = 'ad-cover';
    cover.playsInline = true;
    cover.muted = video.muted;
    cover.volume = video.volume;
    video.muted = true;
    video.addEventListener('volumechange', this.hear);
    video.after(cover);
    this.cover = cover;
  }

  /** Lets the volume of the page act on the ad, while the show beneath it stays muted. */
  private readonly hear = (): void => {
    const { cover } = this;
    const { video } = this.means;
    if (cover === undefined) return;
    const isLevel = cover.volume !== video.volume;
    cover.volume = video.volume;
    if (video.muted) return;
    cover.muted = !isLevel && !cover.muted;
    video.muted = true;
  };

  private end(): void {
    const { cover } = this;
    if (cover === undefined) return;
    this.cover = undefined;
    this.hls?.destroy();
    cover.remove();
    const { video, overlay } = this.means;
    overlay.hide();
    video.removeEventListener('volumechange', this.hear);
    video.muted = cover.muted;
  }

  /** Plays one ad. Resolves when it is over, was skipped, or failed. */
  private show(
    asset: Asset,
    { name, number, of }: { readonly name: string; readonly number: number; readonly of: number },
  ) {
    const { cover } = this;
    if (cover === undefined) return Promise.resolve();
    const { channel, overlay, send } = this.means;
    const beacons = new Beacons({ channel, break: name, ad: adOf(asset.URI) }, send);
    return new Promise<void>((resolve) => {
      let [position, movedAt] = [-1, performance.now()];
      const over = (event: string): void => {
        clearInterval(timer);
        beacons.tell(event);
        hls.destroy();
        resolve();
      };
      const hls = new Hls({ enableInterstitialPlayback: false });
      this.hls = hls;
      hls.on(Hls.Events.ERROR, (_, { fatal }) => fatal && over('error'));
      cover.onended = () => over('complete');
      const timer = setInterval(() => {
        const shown = cover.currentTime;
        if (shown !== position) movedAt = performance.now();
        position = shown;
        if (shown > 0) beacons.progress(shown / asset.DURATION);
        overlay.show({ number, of, shown, seconds: asset.DURATION }, () => over('skip'));
        if (this.cover !== cover) over('leave');
        else if (performance.now() - movedAt > PATIENCE_MILLISECONDS) over('error');
      }, LOOK_MILLISECONDS);
      hls.loadSource(new URL(asset.URI, location.href).href);
      hls.attachMedia(cover);
      cover.play().catch(() => over('error'));
    });
  }
}
