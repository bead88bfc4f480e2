import type { Attendants } from './attendants';
import type { Choice } from './choice';
import { currentWords } from './current-words';
import type { Detour } from './detour';
import { EngineSlot } from './engine-slot';
import type { Engine } from './engines/engine';
import { PlayIntent } from './play-intent';
import { indexOfName } from './rendition';
import { describe, measure, type Snapshot } from './snapshot';
import { beginning, type SupervisorEvent, type SupervisorState, step } from './supervisor';
import type { Words } from './words';

/** Interval at which the video is observed. */
const TICK_MILLISECONDS = 250;

const seconds = (): number => performance.now() / 1000;

/** One stream on one video element, kept alive: carries out the supervisor's decisions. */
export class Playback {
  /** The stream that plays; undefined while nothing does. */
  choice: Choice | undefined;
  /** Reason that there is nothing to play; set in place of a choice. */
  private refusal: Words | undefined;
  private state: SupervisorState = beginning(seconds());
  private rebuilds = 0;
  /** Position of the video at the last tick. */
  private position = 0;
  private readonly slot = new EngineSlot();
  private readonly intent: PlayIntent;
  /** Undefined until they are loaded, after the first frame. */
  attendants: Attendants | undefined;
  /** Changes a choice before it plays. Set where the audience is measured. */
  prepare: ((choice: Choice) => Choice) | undefined;
  /** The way into the past; undefined until a channel that offers one has shown its first frame. */
  detour: Detour | undefined;

  /** @param changed - called after every event and several times a second. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly changed: () => void,
  ) {
    this.intent = new PlayIntent(video);
    setInterval(() => this.tick(), TICK_MILLISECONDS);
    addEventListener('online', () => this.dispatch({ kind: 'online' }));
  }

  get engine(): Engine | undefined {
    return this.slot.engine;
  }

  /** Plays another channel, format or manifest, or the past of a channel. */
  open(wanted: Choice): void {
    if (wanted.past === undefined && this.detour?.opens(wanted)) return;
    this.close();
    const choice = this.prepare?.(wanted) ?? wanted;
    if (choice.channel?.name !== this.choice?.channel?.name) this.attendants?.audio.choose(undefined);
    this.choice = choice;
    this.refusal = undefined;
    this.rebuilds = 0;
    this.intent.wantsPlay = true;
    this.intent.following = choice.past === undefined;
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
  readonly restart = (): void => this.dispatch({ kind: 'returned' });

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
    const over = this.state.status === 'ended' && this.choice?.past !== undefined;
    const playing = this.intent.wantsPlay && !over && this.state.status !== 'blocked';
    this.intent.wantsPlay = !playing;
    this.intent.following &&= !playing;
    if (playing) this.video.pause();
    else if (!this.detour?.resumes()) this.engine?.play().catch((error) => this.playRejected(error));
    this.changed();
  }

  goLive(): void {
    if (this.detour?.leaves()) return;
    const position = this.engine?.livePosition();
    if (position !== undefined) this.video.currentTime = position;
    this.intent.following = true;
    if (!this.intent.wantsPlay) this.toggle();
  }

  /** Goes to a position of the video's timeline, within the window. */
  seek(position: number): void {
    if (!this.detour?.seeks(position)) this.jump(position);
  }

  /** Goes to a position of the manifest that plays. */
  jump(position: number): void {
    const window = this.engine?.window();
    const live = this.choice?.past?.recorded ? window?.end : this.engine?.livePosition();
    if (window === undefined || live === undefined) return;
    this.video.currentTime = Math.min(Math.max(position, window.start), live);
    this.intent.following = this.choice?.past === undefined && this.intent.wantsPlay && position >= live - 1;
  }

  /** Holds a rendition; undefined for automatic. */
  choose(quality: string | undefined): void {
    if (this.choice !== undefined) this.choice = { ...this.choice, quality };
    this.engine?.choose(indexOfName(this.engine.ladder(), quality));
  }

  /** Plays another audio track, by its name, and keeps to it when the player starts over. */
  chooseAudio(name: string): void {
    this.attendants?.audio.choose(name);
    if (this.engine !== undefined) this.attendants?.audio.apply(this.engine);
  }

  snapshot(): Snapshot {
    const { choice, state } = this;
    return {
      ...measure(this.video, this.engine, choice?.segmentSeconds ?? 0),
      ...describe(choice, this.words()),
      status: state.status,
      cause: state.cause ?? null,
      audioTracks: this.attendants?.audio.names(this.engine) ?? [],
      paused: !this.intent.wantsPlay,
      rebuilds: this.rebuilds,
    };
  }

  /** The words that the page shows about the stream at this moment. */
  words(): Words {
    return this.refusal ?? currentWords(this.video, this.choice, this.state, this.attendants);
  }

  private tick(): void {
    const { engine, choice } = this;
    if (choice === undefined) return;
    const { currentTime, paused, seeking, ended } = this.video;
    const moving = !paused && !seeking && !ended && currentTime > this.position && engine !== undefined;
    this.position = currentTime;
    const behind = choice.past !== undefined && (engine?.livePosition() ?? 0) - currentTime > choice.segmentSeconds;
    this.dispatch({ kind: 'tick', moving, paused: !this.intent.wantsPlay, ended, behind });
    if (this.engine !== undefined) this.attendants?.audio.apply(this.engine);
    const live = this.intent.following && this.state.status === 'playing' ? this.engine?.livePosition() : undefined;
    if (this.attendants?.follower.follow(live, choice.segmentSeconds)) this.goLive();
    const stopped = !choice.past?.recorded && (this.state.status === 'stale' || this.state.status === 'ended');
    this.attendants?.watch.observe(stopped, new URL(choice.url, location.href).href, choice.gate, this.restart);
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
      report: (event) => choice.gate?.takes(event) || choice.past?.takes(event) || this.dispatch(event),
      playRejected: (error) => this.playRejected(error),
    }));
    // The first position of a new engine is a seek, and no sign of a moving video.
    if (replaced) this.position = Number.POSITIVE_INFINITY;
  }

  private playRejected(error: unknown): void {
    if (error instanceof DOMException && error.name === 'NotAllowedError') this.dispatch({ kind: 'blocked' });
  }
}
