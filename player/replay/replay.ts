import type { Choice } from '../choice';
import type { Detour } from '../detour';
import type { Snapshot } from '../snapshot';
import { Bar } from './bar';
import type { Recording } from './catalogue';
import type { Course } from './course';
import { type CatalogueState, Feed } from './feed';
import { readMoment, readRecordingName, readSeconds } from './links';
import { Preview } from './preview';
import { Shelf } from './shelf';
import { Show } from './show';
import { NO_SOURCES, readSources, type Sources } from './sources';
import type { Stage } from './stage';
import { Tape } from './tape';

/** Adds the past to the page: a bar that leads back in the show, and the recordings. */
export function replayFor(stage: Stage): Replay {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './replay.css' }));
  const replay = new Replay(stage);
  stage.playback.detour = replay;
  const { choice: playing } = stage.playback;
  if (playing !== undefined) replay.opens(playing);
  return replay;
}

/** Shows what is past of the channel that is open. */
export class Replay implements Detour {
  private readonly preview = new Preview();
  private readonly feed = new Feed((state) => this.take(state));
  private readonly shelf: Shelf;
  private readonly bar: Bar;
  private sources: Sources = NO_SOURCES;
  /** The show of the channel that is open; undefined until one is. */
  private live: Show | undefined;
  /** The recording that plays. */
  private tape: Tape | undefined;
  /** Number of the choice that counts, for answers that come late. */
  private newest = 0;
  private state: CatalogueState = { kind: 'none' };

  constructor(private readonly stage: Stage) {
    this.shelf = new Shelf(({ channel, id }) => stage.open({ channel, recording: `${channel}/${id}` }));
    this.bar = new Bar(this.preview, {
      beginning: () => this.live?.fromTheBeginning(),
      copy: (address) => copy(address, stage),
    });
  }

  opens(choice: Choice): boolean {
    const { moment, recording, ...live } = choice;
    const number = ++this.newest;
    this.tape = undefined;
    this.follow(live);
    void this.preview.follow(undefined, choice.gate);
    if (recording !== undefined) void this.playRecording(choice, recording, number);
    else if (moment !== undefined) return this.playMoment(moment, number);
    return recording !== undefined;
  }

  leaves(): boolean {
    if (this.tape === undefined) return this.live?.toLive() ?? false;
    const { live } = this;
    this.stage.open({ channel: live?.live.channel?.name ?? '' });
    return true;
  }

  seeks(position: number): boolean {
    const { course } = this;
    if (course === undefined) return false;
    course.by(position - this.stage.playback.snapshot().currentTime);
    return true;
  }

  resumes(): boolean {
    return this.course?.resume() ?? false;
  }

  /** Brings the bar up to date with the player. */
  show(now: Snapshot): void {
    if (this.tape === undefined) this.live?.view(now);
    const { course } = this;
    const view = course?.view(now);
    this.bar.show(course, view, course === this.live && this.live?.startsOver === true);
    this.shelf.mark(this.tape?.recording);
  }

  /** The way that the bar leads along; undefined for a channel that cannot be rewound. */
  private get course(): Course | undefined {
    const { live, tape } = this;
    return tape ?? (live?.reachesBack && live.isDated ? live : undefined);
  }

  /** Reads what a channel offers, and the permission to see it. */
  private follow(live: Choice): void {
    const { channel } = this.live?.live ?? {};
    if (this.live === undefined || channel?.name !== live.channel?.name || channel?.past !== live.channel?.past) {
      const reader = this.stage.reader();
      this.sources = readSources(reader, live.channel?.past);
      this.live = new Show(this.stage, this.sources, live);
      const problems = reader.problems.map((problem) => `config.json: ${problem}.`);
      if (problems.length > 0) this.stage.menus.tell(problems);
    }
    this.live.live = live;
    this.feed.follow(this.sources.recordings, live.gate);
    this.take(this.state);
  }

  private take(state: CatalogueState): void {
    this.state = state;
    const { live } = this;
    if (live === undefined) return;
    const { running } = state.kind === 'catalogue' ? state.catalogue : {};
    live.since = running?.get(live.live.channel?.name ?? '');
    this.shelf.show(state, this.sources.recordings !== undefined, live.live.gate);
  }

  private async playRecording(choice: Choice, wanted: string, number: number): Promise<void> {
    const { playback } = this.stage;
    playback.refuse({ headline: 'Connecting…', detail: '' }, 'loading');
    const name = readRecordingName(wanted);
    const state = await this.feed.latest();
    if (number !== this.newest) return;
    const recordings: readonly Recording[] = state.kind === 'catalogue' ? state.catalogue.recordings : [];
    const found = recordings.find(({ channel, id }) => channel === name?.channel && id === name.id);
    if (found === undefined) {
      const detail = state.kind === 'problem' ? state.sentence : 'It was removed, or the address is not complete.';
      playback.refuse({ headline: 'There is no such recording', detail, atRest: true });
      return;
    }
    this.tape = new Tape(this.stage, found, choice);
    void this.preview.follow(found.storyboard, choice.gate);
    this.tape.play(readSeconds(choice.moment));
  }

  /** Plays the show from a moment. @returns true once that is under way. */
  private playMoment(moment: string, number: number): boolean {
    const { menus, playback } = this.stage;
    const date = readMoment(moment);
    const { live, sources } = this;
    if (date === undefined || live === undefined) {
      menus.tell([`“${moment}” is not a moment in ISO 8601; live is playing.`]);
      return false;
    }
    if (sources.rewind === undefined && sources.startOver.length === 0) {
      menus.tell(['This channel cannot be rewound; live is playing.']);
      return false;
    }
    const begin = (): void => {
      if (number !== this.newest || live.toMoment(date)) return;
      menus.tell(['This show cannot be followed from its beginning now; live is playing.']);
      playback.open(live.live);
    };
    // The catalogue says whether the show can be followed from its beginning.
    if (sources.startOver.length > 0 && sources.recordings !== undefined) void this.feed.latest().then(begin);
    else begin();
    return true;
  }
}

/** Copies an address. Where the browser does not let the page do so, the viewer gets to see it. */
async function copy(address: string, { menus }: Stage): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    menus.tell([address]);
    return false;
  }
}
