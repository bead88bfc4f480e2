import {
  type ErrorEvent,
  type FragmentLoadingCompletedEvent,
  MediaPlayer,
  type MediaPlayerClass,
  type Representation,
} from 'dashjs';
import type { Gate } from '../gate';
import type { Rung } from '../rendition';
import { causeOf } from './dash-causes';
import { followMetadata } from './dash-metadata';
import { DASH_SETTINGS, startTime, UNDERSTOOD_WITHIN_MILLISECONDS } from './dash-settings';
import type { AudioTrack, Engine, EngineOptions, Window } from './engine';
import { mpdProblem } from './mpd-bounds';

/**
 * Plays MPEG-DASH. dash.js has to own `play()`: when the element plays of its own accord before the stream is ready,
 * the MPD is never read again.
 */
export const startDash = (options: EngineOptions): Engine => new DashEngine(options);

class DashEngine implements Engine {
  readonly label: string;
  private readonly player: MediaPlayerClass = MediaPlayer().create();
  /** Start of the newest video segment, in seconds. */
  private newestSegment = Number.NEGATIVE_INFINITY;
  /** The MPD's availabilityStartTime. */
  private began: string | undefined;
  /** True once dash.js can be asked about the stream. */
  private ready = false;
  /** True once an MPD was refused; what dash.js then reports about the empty one is ignored. */
  private refused = false;
  private patience: ReturnType<typeof setTimeout> | undefined;

  readonly metadata: Engine['metadata'] = (listener) => followMetadata(this.player, listener);

  constructor(private readonly options: EngineOptions) {
    const { player } = this;
    player.initialize();
    player.updateSettings(DASH_SETTINGS);
    // Otherwise dash.js asks a host of Akamai's for the time. It still asks the MPD's own UTCTiming, if there is one.
    player.clearDefaultUTCTimingSources();
    this.label = `dash.js ${player.getVersion()}`;
    this.boundMpd();
    if (options.gate !== undefined) this.passThrough(options.gate);
    this.listen();
    options.ads?.followDash(player);
    player.attachView(options.video);
    player.setAutoPlay(options.autoplay);
    player.attachSource(options.url, startTime(options.past?.place()));
  }

  async play(): Promise<void> {
    this.player.play();
  }

  ladder(): readonly Rung[] {
    return this.representations().map(({ width, height, bandwidth, frameRate }) => ({
      width,
      height,
      bitrate: bandwidth,
      frameRate: frameRate || undefined,
    }));
  }

  playing(): number | undefined {
    const current = this.ready ? this.player.getCurrentRepresentationForType('video') : null;
    return current ? this.representations().findIndex(({ id }) => id === current.id) : undefined;
  }

  choose(index: number | undefined): void {
    const chosen = index === undefined ? undefined : this.representations()[index];
    this.player.updateSettings({ streaming: { abr: { autoSwitchBitrate: { video: chosen === undefined } } } });
    if (chosen !== undefined) this.player.setRepresentationForTypeById('video', chosen.id, true);
  }

  audioTracks(): readonly AudioTrack[] {
    return this.tracks().map(({ lang, labels }) => ({ language: lang ?? '', name: labels[0]?.text ?? '' }));
  }

  audioTrack(): number | undefined {
    const current = this.ready ? this.player.getCurrentTrackFor('audio')?.index : undefined;
    const index = this.tracks().findIndex((track) => track.index === current);
    return index < 0 ? undefined : index;
  }

  chooseAudio(index: number): void {
    const track = this.tracks()[index];
    if (track !== undefined) this.player.setCurrentTrack(track);
  }

  latencySeconds(): number | undefined {
    const latency = this.ready && this.player.isDynamic() ? this.player.getCurrentLiveLatency() : Number.NaN;
    return latency > 0 ? latency : undefined;
  }

  date(): number | undefined {
    return this.ready && this.player.isDynamic() ? this.player.timeAsUTC() * 1000 : undefined;
  }

  bandwidth(): number | undefined {
    const kilobits = this.ready ? this.player.getAverageThroughput('video') : Number.NaN;
    return kilobits > 0 ? kilobits * 1000 : undefined;
  }

  window(): Window | undefined {
    const window = this.ready ? this.player.getDvrWindow() : undefined;
    return window && Number.isFinite(window.end) ? { start: window.start, end: window.end } : undefined;
  }

  livePosition(): number | undefined {
    const window = this.window();
    return window && Math.max(window.start, window.end - this.player.getTargetLiveDelay());
  }

  recoverMedia(): void {
    this.options.report({ kind: 'refused', cause: { kind: 'media' } });
  }

  destroy(): void {
    clearTimeout(this.patience);
    this.player.destroy();
  }

  private representations(): readonly Representation[] {
    return this.ready ? this.player.getRepresentationsByType('video') : [];
  }

  private tracks() {
    return this.ready ? this.player.getTracksFor('audio') : [];
  }

  private listen(): void {
    const { player } = this;
    const { report } = this.options;
    player.on('streamInitialized', () => this.begin());
    player.on('fragmentLoadingCompleted', (event) => this.reportEdge(event));
    player.on('manifestLoaded', ({ data }) => this.reportManifest(data));
    player.on('dynamicToStatic', () => report({ kind: 'finished' }));
    player.on('playbackNotAllowed', () => report({ kind: 'blocked' }));
    player.on('error', (event) => this.reportError(event));
  }

  /** Keeps an MPD that would freeze the page from dash.js. */
  private boundMpd(): void {
    this.player.addResponseInterceptor(async (response) => {
      const problem = typeof response.data === 'string' ? mpdProblem(response.data) : undefined;
      if (problem === undefined) return response;
      this.refused = true;
      this.options.report({ kind: 'refused', cause: { kind: 'oversized', detail: problem } });
      return { ...response, data: '' };
    });
  }

  /** Sends all requests through a gate, which dash.js knows nothing of. */
  private passThrough({ address, answered, clean }: Gate): void {
    this.player.addRequestInterceptor(async (request) => {
      request.url = address(request.url);
      return request;
    });
    this.player.addResponseInterceptor(async (response) => {
      answered(response.status ?? 0, response.request.url);
      return { ...response, url: clean(response.url ?? '') };
    });
  }

  private begin(): void {
    const { held, report } = this.options;
    const first = !this.ready;
    this.ready = true;
    const index = first ? held(this.ladder()) : undefined;
    if (index !== undefined) this.choose(index);
    report({ kind: 'manifest' });
    if (!this.player.isDynamic()) report({ kind: 'finished' });
  }

  private reportEdge({ request }: FragmentLoadingCompletedEvent): void {
    const { mediaType, type, startTime } = request;
    if (mediaType !== 'video' || type !== 'MediaSegment' || startTime <= this.newestSegment) return;
    if (this.newestSegment > Number.NEGATIVE_INFINITY) this.options.report({ kind: 'edge' });
    this.newestSegment = startTime;
  }

  private reportManifest(mpd: object): void {
    const { report } = this.options;
    const start = 'availabilityStartTime' in mpd ? String(mpd.availabilityStartTime) : undefined;
    if (this.began !== undefined && start !== this.began) report({ kind: 'returned' });
    this.began = start;
    this.patience ??= setTimeout(() => {
      if (!this.ready) report({ kind: 'refused', cause: { kind: 'empty' } });
    }, UNDERSTOOD_WITHIN_MILLISECONDS);
  }

  private reportError(event: ErrorEvent): void {
    const { report } = this.options;
    const cause = this.refused ? undefined : causeOf(event);
    if (cause?.kind === 'media') report({ kind: 'media-error', code: cause.code });
    else if (cause !== undefined) report({ kind: 'refused', cause });
  }
}
