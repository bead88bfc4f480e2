import { catchUp } from './catch-up';
import type { Choice } from './choice';
import type { Engine } from './engines/engine';
import { loadEngine } from './engines/load';
import type { ManifestWatch } from './manifest-watch';
import { named, type Rung } from './rendition';
import { bufferAhead, measure, type Snapshot } from './snapshot';
import { soundNames } from './sound-names';
import { beginning, type SupervisorEvent, type SupervisorState, step } from './supervisor';
import { type Words, wordsFor } from './words';

/** How often the picture is looked at. */
const TICK_MILLISECONDS = 250;
/** How often the manifest of a stream that stopped is looked at. */
const WATCH_SECONDS = 3;

const seconds = (): number => performance.now() / 1000;

/** One stream on one video element, kept alive: carries out what the supervisor decides. */
export class Playback {
  private choice: Choice | undefined;
  /** Why there is nothing to play; in place of a choice. */
  private refusal: Words | undefined;
  private engine: Engine | undefined;
  private state: SupervisorState = beginning(seconds());
  /** Numbers the engines, so that a late word of an engine already replaced is not heard. */
  private generation = 0;
  private rebuilds = 0;
  /** The viewer's wish; the element may be paused for other reasons. */
  private wantsPlay = true;
  /** Whether the viewer watches live, and wants to be back there after a stall. */
  private following = true;
  private pictureAt = 0;
  private watchedAt = 0;
  /** The sound that the viewer chose, by its name; undefined for the manifest's own choice. */
  private sound: string | undefined;
  /** Looks out for a stream to return; comes after the first picture, as it is of no use before. */
  watch: ManifestWatch | undefined;

  /** @param changed - called after every event and several times a second. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly changed: () => void,
  ) {
    setInterval(() => this.tick(), TICK_MILLISECONDS);
    addEventListener('online', () => this.dispatch({ kind: 'online' }));
    // Media keys, picture-in-picture and the browser itself also play and pause.
    video.addEventListener('play', () => {
      this.wantsPlay = true;
    });
    video.addEventListener('pause', () => {
      // An engine that lets go of the element pauses it too, and leaves it empty.
      if (!video.ended && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.wantsPlay = false;
    });
  }

  /** Plays another channel, format or manifest. */
  open(choice: Choice): void {
    this.close();
    if (choice.channel?.name !== this.choice?.channel?.name) this.sound = undefined;
    this.choice = choice;
    this.refusal = undefined;
    this.rebuilds = 0;
    this.wantsPlay = true;
    this.following = true;
    this.watch?.reset();
    void this.attach();
    this.changed();
  }

  /** Plays nothing, and says why. */
  refuse(words: Words): void {
    this.close();
    this.choice = undefined;
    this.refusal = words;
    this.state = { ...this.state, status: 'error' };
    this.changed();
  }

  /** What was played before must not be taken for what comes now. */
  private close(): void {
    this.generation++;
    this.engine?.destroy();
    this.engine = undefined;
    this.state = beginning(seconds());
  }

  /** The description's word on the channel, read anew. */
  describe(channel: Choice['channel']): void {
    if (this.choice !== undefined) this.choice = { ...this.choice, channel };
  }

  toggle(): void {
    const playing = this.wantsPlay && this.state.status !== 'blocked';
    this.wantsPlay = !playing;
    this.following = this.following && !playing;
    if (playing) this.video.pause();
    else this.engine?.play().catch((error) => this.playRejected(error));
    this.changed();
  }

  goLive(): void {
    const position = this.engine?.livePosition();
    if (position !== undefined) this.video.currentTime = position;
    this.following = true;
    if (!this.wantsPlay) this.toggle();
  }

  /** Goes to a position of the video's timeline, within the window. */
  seek(position: number): void {
    const window = this.engine?.window();
    const live = this.engine?.livePosition();
    if (window === undefined || live === undefined) return;
    this.video.currentTime = Math.min(Math.max(position, window.start), live);
    this.following = this.wantsPlay && position >= live - 1;
  }

  seekBy(delta: number): void {
    this.seek(this.video.currentTime + delta);
  }

  /** Holds a rendition; undefined for automatic. */
  choose(quality: string | undefined): void {
    if (this.choice === undefined) return;
    this.choice = { ...this.choice, quality };
    this.engine?.choose(this.held(this.engine.ladder()));
  }

  /** Plays another sound, by its name, and goes on with it when the player begins again. */
  hear(sound: string): void {
    this.sound = sound;
    this.keepSound();
  }

  snapshot(): Snapshot {
    const { choice, state } = this;
    const { headline, detail } = this.words();
    return {
      ...measure(this.video, this.engine, choice?.segmentSeconds ?? 0),
      status: state.status,
      sentence: [headline, detail].filter(Boolean).join(/\W$/.test(headline) ? ' ' : '. '),
      channel: choice?.channel?.name ?? null,
      format: choice?.format ?? null,
      manifestUrl: choice?.url ?? null,
      targetLatencySeconds: choice?.targetLatencySeconds ?? null,
      quality: choice?.quality ?? null,
      paused: !this.wantsPlay,
      rebuilds: this.rebuilds,
    };
  }

  /** What the page says about the stream at this moment. */
  words(): Words {
    const { status, cause } = this.state;
    if (this.refusal !== undefined) return this.refusal;
    const { readyState, videoWidth } = this.video;
    const soundOnly = readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && videoWidth === 0;
    return wordsFor(status, cause, { running: this.choice?.channel?.running, online: navigator.onLine, soundOnly });
  }

  private tick(): void {
    if (this.choice === undefined) return;
    const { currentTime, paused, seeking, ended } = this.video;
    const moving = !paused && !seeking && !ended && currentTime > this.pictureAt && this.engine !== undefined;
    this.pictureAt = currentTime;
    this.dispatch({ kind: 'tick', moving, paused: !this.wantsPlay, ended });
    this.keepSound();
    this.follow();
    this.lookForReturn();
  }

  private dispatch(event: SupervisorEvent): void {
    if (this.choice === undefined) return;
    const { state, action } = step(this.state, event, seconds(), this.choice.segmentSeconds);
    this.state = state;
    if (action === 'rebuild') {
      this.rebuilds++;
      void this.attach();
    }
    if (action === 'recover-media') this.engine?.recoverMedia();
    this.changed();
  }

  /** Replaces the engine by a new one that begins at the manifest. */
  private async attach(): Promise<void> {
    const { choice } = this;
    if (choice === undefined) return;
    const generation = ++this.generation;
    const current = (): boolean => generation === this.generation;
    const start = await loadEngine(choice.engine).catch(() => undefined);
    // Engines report from the midst of their work; it has to be over before they are destroyed.
    await new Promise((resolve) => setTimeout(resolve));
    if (!current()) return;
    if (start === undefined) return this.dispatch({ kind: 'refused', cause: { kind: 'unreachable' } });
    this.engine?.destroy();
    this.pictureAt = Number.POSITIVE_INFINITY;
    this.engine = start({
      ...choice,
      url: new URL(choice.url, location.href).href,
      video: this.video,
      lowLatency: choice.format === 'll-hls' || choice.channel === undefined,
      autoplay: this.wantsPlay,
      held: (ladder) => this.held(ladder),
      report: (event) => current() && this.dispatch(event),
      playRejected: (error) => current() && this.playRejected(error),
    });
  }

  /** Index of the rendition that the viewer holds. */
  private held(ladder: readonly Rung[]): number | undefined {
    const index = named(ladder).findIndex(({ name }) => name === this.choice?.quality);
    return index < 0 ? undefined : index;
  }

  /** An engine that begins again begins with the manifest's choice. */
  private keepSound(): void {
    if (this.sound === undefined || this.engine === undefined) return;
    const index = soundNames(this.engine.sounds()).indexOf(this.sound);
    if (index >= 0 && index !== this.engine.hearing()) this.engine.hear(index);
  }

  private playRejected(error: unknown): void {
    if (error instanceof DOMException && error.name === 'NotAllowedError') this.dispatch({ kind: 'blocked' });
  }

  /** Brings a viewer back to live after a stall, who did not choose to be behind. */
  private follow(): void {
    const { video, choice } = this;
    const live = this.engine?.livePosition();
    if (!this.following || this.state.status !== 'playing' || choice === undefined || live === undefined) {
      if (video.playbackRate !== 1) video.playbackRate = 1;
      return;
    }
    const decision = catchUp({
      behindSeconds: live - video.currentTime,
      bufferSeconds: bufferAhead(video.buffered, video.currentTime),
      rate: video.playbackRate,
      segmentSeconds: choice.segmentSeconds,
    });
    if (decision.kind === 'jump') this.goLive();
    else if (video.playbackRate !== decision.rate) video.playbackRate = decision.rate;
  }

  private lookForReturn(): void {
    const { status } = this.state;
    if (this.choice === undefined || (status !== 'stale' && status !== 'ended')) {
      this.watch?.reset();
      return;
    }
    if (seconds() - this.watchedAt < WATCH_SECONDS) return;
    this.watchedAt = seconds();
    const { generation } = this;
    void this.watch?.hasChanged(new URL(this.choice.url, location.href).href).then((changed) => {
      if (changed && generation === this.generation) this.dispatch({ kind: 'returned' });
    });
  }
}
