import type { Attendants } from './attendants';
import type { Choice } from './choice';
import { EngineSlot } from './engine-slot';
import type { Engine } from './engines/engine';
import { PlayIntent } from './play-intent';
import { indexOfName } from './rendition';
import { chosen, measure, type Snapshot } from './snapshot';
import { beginning, type SupervisorEvent, type SupervisorState, step } from './supervisor';
import type { Words } from './words';

/** Interval at which the video is observed. */
const TICK_MILLISECONDS = 250;

/** Words until the attendants are loaded. */
const EARLY_WORDS: Words = { headline: 'Connecting…', detail: '' };

const seconds = (): number => performance.now() / 1000;

/** One stream on one video element, kept alive: carries out the supervisor's decisions. */
export class Playback {
  private choice: Choice | undefined;
  /** Reason that there is nothing to play; set in place of a choice. */
  private refusal: Words | undefined;
  private state: SupervisorState = beginning(seconds());
  private rebuilds = 0;
  /** Position of the video at the last tick. */
  private position = 0;
  private readonly slot = new EngineSlot();
  private readonly intent: PlayIntent;
  /** True while the viewer watches live, and wants to be back there after a stall. */
  private following = true;
  /** Undefined until they are loaded, after the first frame. */
  attendants: Attendants | undefined;
  /** Changes a choice before it plays. Set where the audience is measured. */
  prepare: ((choice: Choice) => Choice) | undefined;

  /** @param changed - called after every event and several times a second. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly changed: () => void,
  ) {
    this.intent = new PlayIntent(video);
    setInterval(() => this.tick(), TICK_MILLISECONDS);
    addEventListener('online', () => this.dispatch({ kind: 'online' }));
  }

  private get engine(): Engine | undefined {
    return this.slot.engine;
  }

  /** Plays another channel, format or manifest. */
  open(wanted: Choice): void {
    this.close();
    const choice = this.prepare?.(wanted) ?? wanted;
    if (choice.channel?.name !== this.choice?.channel?.name) this.attendants?.audio.choose(undefined);
    this.choice = choice;
    this.refusal = undefined;
    this.rebuilds = 0;
    this.intent.wantsPlay = true;
    this.following = true;
    this.attendants?.watch.reset();
    void this.attach(choice);
    this.changed();
  }

  /** Plays nothing, and shows the reason. */
  refuse(words: Words, status: 'error' | 'loading' = 'error'): void {
    this.close();
    this.choice = undefined;
    this.refusal = words;
    this.state = { ...this.state, status };
    this.changed();
  }

  /** Starts over from the manifest. */
  restart(): void {
    this.dispatch({ kind: 'returned' });
  }

  /** Forgets the old stream, so that nothing of it is taken for the next one. */
  private close(): void {
    this.slot.clear();
    this.state = beginning(seconds());
  }

  /** Takes over the channel's description, read anew. */
  describe(channel: Choice['channel']): void {
    if (this.choice !== undefined) this.choice = { ...this.choice, channel };
  }

  /** Plays or pauses. */
  toggle(): void {
    const playing = this.intent.wantsPlay && this.state.status !== 'blocked';
    this.intent.wantsPlay = !playing;
    this.following &&= !playing;
    if (playing) this.video.pause();
    else this.engine?.play().catch((error) => this.playRejected(error));
    this.changed();
  }

  goLive(): void {
    const position = this.engine?.livePosition();
    if (position !== undefined) this.video.currentTime = position;
    this.following = true;
    if (!this.intent.wantsPlay) this.toggle();
  }

  /** Goes to a position of the video's timeline, within the window. */
  seek(position: number): void {
    const window = this.engine?.window();
    const live = this.engine?.livePosition();
    if (window === undefined || live === undefined) return;
    this.video.currentTime = Math.min(Math.max(position, window.start), live);
    this.following = this.intent.wantsPlay && position >= live - 1;
  }

  /** Holds a rendition; undefined for automatic. */
  choose(quality: string | undefined): void {
    if (this.choice === undefined) return;
    this.choice = { ...this.choice, quality };
    this.engine?.choose(indexOfName(this.engine.ladder(), quality));
  }

  /** Plays another audio track, by its name, and keeps to it when the player starts over. */
  chooseAudio(name: string): void {
    this.attendants?.audio.choose(name);
    if (this.engine !== undefined) this.attendants?.audio.apply(this.engine);
  }

  snapshot(): Snapshot {
    const { choice, state } = this;
    const { headline, detail } = this.words();
    return {
      ...measure(this.video, this.engine, choice?.segmentSeconds ?? 0),
      status: state.status,
      cause: state.cause ?? null,
      sentence: [headline, detail].filter(Boolean).join(/\W$/.test(headline) ? ' ' : '. '),
      ...chosen(choice),
      audioTracks: this.attendants?.audio.names(this.engine) ?? [],
      paused: !this.intent.wantsPlay,
      rebuilds: this.rebuilds,
    };
  }

  /** The words that the page shows about the stream at this moment. */
  words(): Words {
    const { status, cause } = this.state;
    if (this.refusal !== undefined) return this.refusal;
    const { readyState, videoWidth } = this.video;
    const audioOnly = readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && videoWidth === 0;
    const circumstances = { running: this.choice?.channel?.running, online: navigator.onLine, audioOnly };
    return this.attendants?.wordsFor(status, cause, circumstances) ?? EARLY_WORDS;
  }

  private tick(): void {
    const { engine, choice } = this;
    if (choice === undefined) return;
    const { currentTime, paused, seeking, ended } = this.video;
    const moving = !paused && !seeking && !ended && currentTime > this.position && engine !== undefined;
    this.position = currentTime;
    this.dispatch({ kind: 'tick', moving, paused: !this.intent.wantsPlay, ended });
    if (this.engine !== undefined) this.attendants?.audio.apply(this.engine);
    const live = this.following && this.state.status === 'playing' ? this.engine?.livePosition() : undefined;
    if (this.attendants?.follower.follow(live, choice.segmentSeconds)) this.goLive();
    const stopped = this.state.status === 'stale' || this.state.status === 'ended';
    this.attendants?.watch.observe(stopped, new URL(choice.url, location.href).href, choice.gate, () => this.restart());
  }

  private dispatch(event: SupervisorEvent): void {
    const { choice } = this;
    if (choice === undefined) return;
    const { state, action } = step(this.state, event, seconds(), choice.segmentSeconds);
    this.state = state;
    if (action === 'rebuild') {
      this.rebuilds++;
      void this.attach(choice);
    }
    if (action === 'recover-media') this.engine?.recoverMedia();
    this.changed();
  }

  /** Replaces the engine by a new one that starts at the manifest. */
  private async attach(choice: Choice): Promise<void> {
    const replaced = await this.slot.replace(choice.engine, () => ({
      ...choice,
      url: new URL(choice.url, location.href).href,
      video: this.video,
      lowLatency: choice.format === 'll-hls' || choice.channel === undefined,
      autoplay: this.intent.wantsPlay,
      held: (ladder) => indexOfName(ladder, this.choice?.quality),
      report: (event) => choice.gate?.takes(event) || this.dispatch(event),
      playRejected: (error) => this.playRejected(error),
    }));
    // The first position of a new engine is a seek, and no sign of a moving video.
    if (replaced) this.position = Number.POSITIVE_INFINITY;
  }

  private playRejected(error: unknown): void {
    if (error instanceof DOMException && error.name === 'NotAllowedError') this.dispatch({ kind: 'blocked' });
  }
}
