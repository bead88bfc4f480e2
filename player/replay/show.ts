import type { Choice } from '../choice';
import type { Snapshot } from '../snapshot';
import type { BarView, Course } from './course';
import { barStart, type Situation, type Source, wayTo } from './decision';
import { momentAddress } from './links';
import { Pending } from './pending';
import type { Sources } from './sources';
import type { Stage } from './stage';
import { Stretch } from './stretch';
import { behindLabel, clockText, lengthWords } from './times';

/** The show of a channel, live and as far back as it is kept. */
export class Show implements Course {
  private readonly pending = new Pending((date) => this.take(date));
  private situation: Situation | undefined;
  private readonly stretch: Stretch;
  private last: BarView | undefined;
  /** Start of the present run by the catalogue, in milliseconds since 1970. */
  since: number | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly sources: Sources,
    /** The live stream of the channel, with the permission to play it. */
    private choice: Choice,
  ) {
    this.stretch = new Stretch(stage, sources, (status) => {
      stage.menus.tell([`It is not possible to go back now: the server answered ${status}. Live is playing.`]);
      this.toLive();
    });
  }

  /** The live stream, in the rendition that the viewer holds now. */
  get live(): Choice {
    const { choice: playing } = this.stage.playback;
    return playing === undefined ? this.choice : { ...this.choice, quality: playing.quality };
  }

  /** Takes over the live stream with another format or permission. */
  set live(choice: Choice) {
    this.choice = choice;
  }

  /** True where a viewer can go back further than the live manifest does. */
  get reachesBack(): boolean {
    return this.sources.rewind !== undefined || this.startsOver;
  }

  /** True once the manifests have told a date. Without dates, nobody can go back to one. */
  get isDated(): boolean {
    return this.stretch.place > 0;
  }

  /** True where the show can be seen from its beginning. */
  get startsOver(): boolean {
    return this.sources.startOver.length > 0 && this.since !== undefined;
  }

  view(now: Snapshot): BarView | undefined {
    const situation = this.observe(now);
    if (situation === undefined) return this.last;
    if (now.past === 'rewound') this.lookAtWindow(now, situation);
    const at = this.pending.value ?? situation.date;
    const behind = Math.max(0, situation.live - at) / 1000;
    const lit = now.past === null && now.atLiveEdge && this.pending.value === undefined;
    this.last = {
      start: barStart(situation),
      end: situation.live,
      at: lit ? situation.live : at,
      label: lit ? '' : behindLabel(behind),
      clock: clockText(at, Date.now()),
      words: lit ? 'at the live edge' : `${lengthWords(behind)} behind live, ${clockText(at, Date.now())}`,
      lit: lit && now.status === 'playing',
    };
    return this.last;
  }

  go(at: number): void {
    this.pending.set(Math.min(at, this.situation?.live ?? at));
  }

  by(seconds: number): void {
    const from = this.pending.value ?? this.last?.at;
    if (from !== undefined) this.go(Math.max(from + seconds * 1000, this.last?.start ?? 0));
  }

  textAt(at: number): string {
    return `${behindLabel(Math.max(0, (this.situation?.live ?? at) - at) / 1000)} · ${clockText(at, Date.now())}`;
  }

  address(): string | undefined {
    const { name } = this.live.channel ?? {};
    return name === undefined || this.last === undefined || this.stretch.place === 0
      ? undefined
      : momentAddress(location.href, name, this.stretch.place);
  }

  resume(): boolean {
    const { situation } = this;
    const { rewind } = this.sources;
    if (situation === undefined || situation.rewound || rewind === undefined) return false;
    const room = situation.segmentSeconds * 1000;
    if (this.stretch.place === 0 || this.stretch.place >= situation.held.start + room) return false;
    this.openAt('rewind', this.stretch.place);
    return true;
  }

  /** Returns to the live manifest. @returns false when that one plays already. */
  toLive(): boolean {
    this.pending.clear();
    const { live } = this;
    this.stage.remember(live);
    if (this.stage.playback.choice?.past === undefined) return false;
    this.stage.playback.open(live);
    return true;
  }

  /** Plays the show from its beginning. */
  fromTheBeginning(): void {
    if (this.since !== undefined) this.openAt('startOver', this.since);
  }

  /** Goes to a moment that a link names. @returns false when no manifest reaches back. */
  toMoment(date: number): boolean {
    if (!this.reachesBack) return false;
    const { rewind } = this.sources;
    const inWindow = rewind !== undefined && date >= Date.now() - rewind.seconds * 1000;
    return this.openAt(this.startsOver && !inWindow ? 'startOver' : 'rewind', date);
  }

  /** Reads the dates off the manifest that plays. */
  private observe(now: Snapshot): (Situation & { readonly date: number }) | undefined {
    const date = this.stage.playback.engine?.date();
    const { window, currentTime, behindSeconds, past } = now;
    if (date === undefined || window === null || now.status === 'loading') return undefined;
    if (now.status === 'playing') this.stretch.played = true;
    if (!now.paused) this.stretch.place = date;
    const at = (position: number): number => date + (position - currentTime) * 1000;
    const held = { start: at(window.start), end: at(window.end) };
    const rewound = past === 'rewound';
    const live = rewound ? held.end : date + (behindSeconds ?? 0) * 1000;
    const { rewind } = this.sources;
    this.situation = {
      rewound,
      held,
      live,
      segmentSeconds: this.live.segmentSeconds,
      rewindFrom: rewind && live - rewind.seconds * 1000,
      showFrom: this.startsOver ? this.since : undefined,
      since: this.since,
    };
    return { ...this.situation, date };
  }

  /** Says so when the window does not hold the date that was asked for, and keeps the viewer inside the window. */
  private lookAtWindow({ window, currentTime, paused }: Snapshot, { held, segmentSeconds }: Situation): void {
    const { asked } = this.stretch;
    this.stretch.asked = undefined;
    if (asked !== undefined && asked > held.end + segmentSeconds * 1000) {
      this.stage.menus.tell([`${clockText(asked, Date.now())} is still to come; live is playing.`]);
      this.toLive();
    } else if (asked !== undefined && asked < held.start - segmentSeconds * 1000) {
      const oldest = clockText(held.start, Date.now());
      this.stage.menus.tell([`${clockText(asked, Date.now())} is no longer kept; the oldest is from ${oldest}.`]);
    }
    // A manifest that begins at a moment keeps its start. In the other one, the engine would jump to live.
    if (this.stretch.source === 'startOver' || window === null) return;
    if (currentTime >= window.start + segmentSeconds / 2) return;
    this.stage.playback.jump(window.start + 2 * segmentSeconds);
    this.stretch.place = held.start + 2 * segmentSeconds * 1000;
    if (paused) this.stage.menus.tell(['The place where you paused is no longer kept; this is the oldest that is.']);
  }

  private take(date: number): void {
    const { situation } = this;
    const way = situation && wayTo(date, situation);
    if (way === undefined) return;
    this.stage.remember(this.live);
    if (way.kind === 'open') this.openAt(way.source, date);
    else if (way.kind === 'jump') this.jumpTo(date);
    else if (!this.toLive()) this.stage.playback.goLive();
  }

  private jumpTo(date: number): void {
    const { playback } = this.stage;
    const now = playback.engine?.date();
    if (now === undefined) return;
    this.stretch.place = date;
    playback.jump(playback.snapshot().currentTime + (date - now) / 1000);
  }

  private openAt(source: Source, date: number): boolean {
    this.pending.clear();
    return this.stretch.open(source, date, this.live, this.since);
  }
}
