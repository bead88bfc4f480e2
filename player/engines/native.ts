import type { Rung } from '../rendition';
import type { AudioTrack, Engine, EngineEvent, EngineOptions, Window } from './engine';

/** Safari gives the date of the start of the timeline, from EXT-X-PROGRAM-DATE-TIME. */
interface DatedVideo {
  getStartDate?(): Date;
}

/** Plays HLS with the browser's own player: iPhone, and Safari without Media Source Extensions. */
export const startNative = (options: EngineOptions): Engine => new NativeEngine(options);

class NativeEngine implements Engine {
  readonly label = 'browser';
  private readonly listeners = new AbortController();
  /** End of what is loaded or can be sought to, in seconds; undefined before the first progress. */
  private edge: number | undefined;

  constructor(private readonly options: EngineOptions) {
    const { video, autoplay, report, playRejected } = options;
    const { signal } = this.listeners;
    const begin = (): void => {
      this.goToPlace();
      report({ kind: 'manifest' });
    };
    video.addEventListener('loadedmetadata', begin, { signal });
    video.addEventListener('progress', () => this.reportEdge(), { signal });
    video.addEventListener('durationchange', () => this.reportEnd(), { signal });
    video.addEventListener('error', () => void this.reportError(), { signal });
    video.src = this.url;
    if (autoplay) this.play().catch(playRejected);
  }

  /** Address of the manifest, with the token that a private channel needs. */
  private get url(): string {
    const { url, gate } = this.options;
    return gate?.address(url) ?? url;
  }

  async play(): Promise<void> {
    await this.options.video.play();
  }

  ladder(): readonly Rung[] {
    return [];
  }

  playing(): undefined {}

  choose(): void {}

  audioTracks(): readonly AudioTrack[] {
    return [];
  }

  audioTrack(): undefined {}

  chooseAudio(): void {}

  latencySeconds(): number | undefined {
    const date = this.date();
    return date === undefined ? undefined : (Date.now() - date) / 1000;
  }

  date(): number | undefined {
    const { video } = this.options;
    const start = (video as DatedVideo).getStartDate?.().getTime() ?? Number.NaN;
    return Number.isNaN(start) ? undefined : start + video.currentTime * 1000;
  }

  bandwidth(): undefined {}

  window(): Window | undefined {
    const { seekable } = this.options.video;
    const last = seekable.length - 1;
    return last < 0 ? undefined : { start: seekable.start(0), end: seekable.end(last) };
  }

  livePosition(): number | undefined {
    const window = this.window();
    // RFC 8216bis section 6.3.3: without HOLD-BACK, no nearer to the end than three target durations.
    return window && Math.max(window.start, window.end - 3 * this.options.segmentSeconds);
  }

  recoverMedia(): void {
    this.options.report({ kind: 'refused', cause: { kind: 'media' } });
  }

  destroy(): void {
    const { video } = this.options;
    this.listeners.abort();
    video.removeAttribute('src');
    video.load();
  }

  /** Seeks to the place in the past at which to start. Without dates, the end of the window counts as now. */
  private goToPlace(): void {
    const { past, video } = this.options;
    const window = this.window();
    if (past === undefined || window === undefined) return;
    const place = past.place();
    const now = this.date() ?? Date.now() - (window.end - video.currentTime) * 1000;
    const wanted = 'seconds' in place ? place.seconds : video.currentTime + (place.date - now) / 1000;
    video.currentTime = Math.min(Math.max(wanted, window.start), window.end);
  }

  private reportEdge(): void {
    const { buffered } = this.options.video;
    const loaded = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    const end = Math.max(this.window()?.end ?? 0, loaded);
    if (this.edge !== undefined && end > this.edge) this.options.report({ kind: 'edge' });
    this.edge = end;
  }

  private reportEnd(): void {
    if (Number.isFinite(this.options.video.duration)) this.options.report({ kind: 'finished' });
  }

  private async reportError(): Promise<void> {
    const event = await this.refusal();
    if (!this.listeners.signal.aborted) this.options.report(event);
  }

  /** Finds out why the element failed, which it does not say, with a request for the manifest. */
  private async refusal(): Promise<EngineEvent> {
    const { video } = this.options;
    if (video.error?.code === MediaError.MEDIA_ERR_DECODE) return { kind: 'media-error' };
    const response = await fetch(this.url, { cache: 'no-store' }).catch(() => undefined);
    if (response === undefined) return { kind: 'refused', cause: { kind: 'unreachable' } };
    if (!response.ok) return { kind: 'refused', cause: { kind: 'http', status: response.status } };
    return { kind: 'refused', cause: { kind: 'unplayable', why: 'browser' } };
  }
}
