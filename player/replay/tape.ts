import type { Choice } from '../choice';
import type { Past, Place } from '../past';
import type { Snapshot } from '../snapshot';
import type { SupervisorEvent } from '../supervisor';
import type { Part, Recording } from './catalogue';
import type { BarView, Course } from './course';
import { recordingAddress } from './links';
import { partAt, partStart } from './parts';
import { Pending } from './pending';
import { startAt } from './playlist-start';
import { playable, type Stage } from './stage';
import { clockText, lengthText, lengthWords } from './times';

/** Answers after which a recording is not asked for again. A private bucket answers 403 for a file that it does not have. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);

/** A recording. Its parts play one after the other, along one bar. */
export class Tape implements Course {
  private readonly pending = new Pending((at) => this.take(at / 1000));
  /** Index of the part that plays. */
  private index = 0;
  /** Position in that part, in seconds. */
  private within = 0;
  private last: BarView | undefined;

  constructor(
    private readonly stage: Stage,
    readonly recording: Recording,
    /** The choice that led here, with the permission to play it. */
    private readonly choice: Choice,
  ) {}

  /** Plays from a position, in seconds. */
  play(seconds: number): void {
    const index = partAt(this.recording.parts, seconds);
    this.openPart(index, Math.max(0, seconds - partStart(this.recording.parts, index)));
  }

  view(now: Snapshot): BarView | undefined {
    if (now.past !== 'recorded' || now.window === null || now.status === 'loading') return this.last;
    const { parts, seconds } = this.recording;
    if (now.status === 'ended' && this.index + 1 < parts.length) {
      this.openPart(this.index + 1, 0);
      return this.last;
    }
    this.within = Math.max(0, now.currentTime - now.window.start);
    const ended = now.status === 'ended';
    const played = ended ? seconds : Math.min(partStart(parts, this.index) + this.within, seconds);
    const at = this.pending.value === undefined ? played : this.pending.value / 1000;
    this.last = {
      start: 0,
      end: seconds * 1000,
      at: at * 1000,
      label: `${lengthText(at)} / ${lengthText(seconds)}`,
      clock: clockText(this.dateAt(at), Date.now()),
      words: `${lengthWords(at)} of ${lengthWords(seconds)}`,
      lit: false,
    };
    return this.last;
  }

  go(at: number): void {
    this.pending.set(Math.min(Math.max(0, at), this.recording.seconds * 1000));
  }

  by(seconds: number): void {
    const from = this.pending.value ?? this.last?.at;
    if (from !== undefined) this.go(from + seconds * 1000);
  }

  textAt(at: number): string {
    return lengthText(at / 1000);
  }

  address(): string {
    return recordingAddress(location.href, this.recording, (this.last?.at ?? 0) / 1000);
  }

  resume(): boolean {
    const ended = this.stage.playback.snapshot().status === 'ended';
    if (ended) this.openPart(0, 0);
    return ended;
  }

  private take(seconds: number): void {
    const { playback, remember } = this.stage;
    const now = playback.snapshot();
    remember(this.current);
    const index = partAt(this.recording.parts, seconds);
    const within = seconds - partStart(this.recording.parts, index);
    if (index !== this.index || now.status === 'ended' || now.window === null) this.openPart(index, within);
    else playback.jump(now.window.start + within);
  }

  private openPart(index: number, within: number): void {
    const { playback, menus } = this.stage;
    const part = this.recording.parts[index];
    const chosen = part && playable(this.stage, manifestsOf(part), this.choice);
    if (chosen === undefined) {
      menus.tell(['This browser can play no format of this recording.']);
      return;
    }
    this.pending.clear();
    this.index = index;
    this.within = within;
    playback.open({ ...this.current, ...chosen, targetLatencySeconds: undefined, past: this.past() });
  }

  /** The choice without the moment that it began at, in the rendition that the viewer holds now. */
  private get current(): Choice {
    const { choice: playing } = this.stage.playback;
    return { ...this.choice, moment: undefined, quality: (playing ?? this.choice).quality };
  }

  /** Wall clock of a position, in milliseconds since 1970. */
  private dateAt(seconds: number): number {
    const { parts } = this.recording;
    const index = partAt(parts, seconds);
    return (parts[index]?.start ?? 0) + (seconds - partStart(parts, index)) * 1000;
  }

  private past(): Past {
    const place = (): Place => ({ seconds: this.within });
    return {
      recorded: true,
      place,
      hls: (settings, loader) => startAt(place, settings, loader),
      takes: (event) => this.takes(event),
      ended: { headline: 'The recording has ended', detail: '', atRest: true },
    };
  }

  private takes(event: SupervisorEvent): boolean {
    if (event.kind !== 'refused' || event.cause.kind !== 'http' || !GONE.has(event.cause.status)) return false;
    const { status } = event.cause;
    // An engine reports in the middle of its own work, which has to be over before it is destroyed.
    setTimeout(() => {
      this.stage.playback.refuse({
        headline: 'This recording is no longer there',
        detail: `It was removed, or its time is over: the server answered ${status}.`,
        atRest: true,
      });
    });
    return true;
  }
}

const manifestsOf = ({ manifests: { hls, dash } }: Part) => [
  ...(hls === undefined ? [] : [{ format: 'hls' as const, url: hls }]),
  ...(dash === undefined ? [] : [{ format: 'dash' as const, url: dash }]),
];
