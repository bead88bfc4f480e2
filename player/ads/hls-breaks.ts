import Hls, {
  type HlsConfig,
  type InterstitialAssetItem,
  type InterstitialAssetStartedData,
  type InterstitialEvent,
} from 'hls.js';
import { rewritingPlaylists } from '../engines/playlist-rewriting';
import { type Decide, withInterstitials } from './interstitials';
import type { Overlay } from './overlay';
import type { AdReports, ListedAd } from './reports';

/** Interval at which an ad is looked at. */
const LOOK_MILLISECONDS = 250;
/** Time for which an ad may stand still before the show goes on without it. */
const PATIENCE_MILLISECONDS = 5000;

/** Returns settings of hls.js whose playlists have an interstitial in every break. */
export function interstitialSettings(
  decide: Decide,
  settings: Partial<HlsConfig>,
  loader: HlsConfig['loader'],
): Partial<HlsConfig> {
  return rewritingPlaylists(settings, loader, (playlist) => withInterstitials(playlist, decide));
}

/** Means of {@link HlsBreaks}. */
export interface HlsBreaksMeans {
  readonly overlay: Overlay;
  /** Makes the reports of an ad. */
  readonly reports: (ad: ListedAd) => AdReports;
  /** Called while an ad plays. */
  readonly moved: () => void;
}

/** Shows and counts the interstitials of one hls.js. */
export class HlsBreaks {
  private current: InterstitialAssetStartedData | undefined;
  private reports: AdReports | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private movedAt = 0;
  private position = -1;

  constructor(
    private readonly hls: Hls,
    private readonly means: HlsBreaksMeans,
  ) {
    const { Events } = Hls;
    hls.on(Events.INTERSTITIAL_ASSET_STARTED, (_, data) => this.begin(data));
    hls.on(Events.INTERSTITIAL_ASSET_ENDED, () => this.finish('complete'));
    hls.on(Events.INTERSTITIAL_ASSET_ERROR, (_, { asset, assetListIndex: index, event }) => {
      if (asset !== null && asset.identifier === this.current?.asset.identifier) this.finish('error');
      else if (asset !== null) means.reports(listed(asset, index, event)).tell('error');
    });
    hls.on(Events.INTERSTITIAL_ENDED, () => this.finish('complete'));
    hls.on(Events.INTERSTITIALS_PRIMARY_RESUMED, () => this.finish('complete'));
    hls.on(Events.DESTROYING, () => this.finish('leave'));
  }

  get playing(): boolean {
    return this.current !== undefined;
  }

  private begin(data: InterstitialAssetStartedData): void {
    this.finish('complete');
    this.current = data;
    this.reports = this.means.reports(listed(data.asset, data.assetListIndex, data.event));
    this.movedAt = performance.now();
    this.position = -1;
    this.timer = setInterval(() => this.look(), LOOK_MILLISECONDS);
    this.look();
  }

  private look(): void {
    const { current } = this;
    if (current === undefined) return;
    const { player, event, assetListIndex } = current;
    const shown = player.currentTime;
    const seconds = player.duration || current.asset.duration || 0;
    if (shown !== this.position) this.movedAt = performance.now();
    this.position = shown;
    this.reports?.progress(seconds > 0 ? shown / seconds : 0);
    // The playlist of the show is not always read while an ad plays; its edge counts as moving.
    this.means.moved();
    this.means.overlay.show({ number: assetListIndex + 1, of: event.assetList.length, shown, seconds }, () =>
      this.leave('skip'),
    );
    if (performance.now() - this.movedAt > PATIENCE_MILLISECONDS && !player.media?.paused) this.leave('error');
  }

  /** Leaves the break for the show. */
  private leave(reason: 'skip' | 'error'): void {
    this.reports?.tell(reason);
    // The page decides who may skip, whatever the playlist says.
    if (this.current !== undefined) this.current.event.restrictions.skip = false;
    const { skip: returnToShow } = this.hls.interstitialsManager ?? {};
    returnToShow?.();
  }

  /** Ends the ad on the screen. One that was skipped, or failed, is not complete. */
  private finish(reason: 'complete' | 'error' | 'leave'): void {
    clearInterval(this.timer);
    if (this.current === undefined) return;
    this.current = undefined;
    this.reports?.tell(reason);
    this.reports = undefined;
    this.means.overlay.hide();
  }
}

function listed(asset: InterstitialAssetItem, index: number, event: InterstitialEvent | null): ListedAd {
  return { uri: asset.uri, interstitial: asset.parentIdentifier, index, list: event?.assetListResponse };
}
