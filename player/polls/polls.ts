import { recordOf } from '../access/record';
import { element } from '../elements';
import type { Engine } from '../engines/engine';
import type { Playback } from '../playback';
import { sessionOf } from '../session-token';
import { PollDesk } from './desk';
import { PollPanel } from './panel';
import { questionIn, readQuestion } from './question';
import { type PlacedQuestion, QuestionBook } from './question-book';

/** Interval at which the frame on the screen is compared with the questions. */
const LOOK_MILLISECONDS = 100;
/** Interval at which the result is asked for. The edge keeps it as long. */
const RESULT_MILLISECONDS = 2000;
/** Time for which the result stays when the question is over. */
const AFTER_MILLISECONDS = 10_000;
/** Keys of what the browser keeps: a random id, and the last vote. */
const GUEST = 'poll-guest';
const VOTED = 'poll-voted';

/** Shows the polls of the channel that plays, from now on. */
export function startPolls(playback: Playback): void {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './polls.css' }));
  const video = element('video', HTMLVideoElement);
  let polls: ChannelPolls | undefined;
  setInterval(() => {
    const channel = playback.choice?.channel;
    if (channel !== undefined && channel.name !== polls?.channel) {
      polls?.leave();
      const { path } = recordOf(channel.polls);
      const isPath = typeof path === 'string' && /^\/(?!\/)/.test(path);
      polls = isPath ? new ChannelPolls(channel.name, { path, playback, video }) : undefined;
    }
    polls?.look();
  }, LOOK_MILLISECONDS);
}

interface Means {
  readonly path: string;
  readonly playback: Playback;
  readonly video: HTMLVideoElement;
}

/** The polls of one channel. */
class ChannelPolls {
  private readonly book = new QuestionBook();
  private readonly desk: PollDesk;
  private readonly panel: PollPanel;
  private engine: Engine | undefined;
  private shown: PlacedQuestion | undefined;
  private chosen: number | undefined;
  /** Time of this page at which the panel goes; undefined while the question is on. */
  private goesAt: number | undefined;
  private askAt = 0;

  constructor(
    readonly channel: string,
    private readonly means: Means,
  ) {
    this.desk = new PollDesk(means.path, (url, init) => fetch(url, init));
    this.panel = new PollPanel(element('stage', HTMLElement), (option) => void this.vote(option));
  }

  /** Compares the frame on the screen with the questions. */
  look(): void {
    const { playback, video } = this.means;
    const { engine, choice } = playback;
    if (engine !== this.engine) this.follow(engine);
    this.readCues();
    const now = performance.now();
    const due = choice?.past === undefined ? this.book.at(video.currentTime) : undefined;
    if (due !== undefined && due.id !== this.shown?.id) this.ask(due);
    else if (this.shown !== undefined && due === undefined) this.end(now);
    if (this.shown !== undefined && now >= this.askAt && (this.chosen !== undefined || this.goesAt !== undefined)) {
      this.askAt = now + RESULT_MILLISECONDS;
      void this.showResult(this.shown.id);
    }
  }

  leave(): void {
    this.panel.remove();
  }

  /** Listens to an engine that hands out timed ID3. The timeline of another engine is another. */
  private follow(engine: Engine | undefined): void {
    this.engine = engine;
    this.book.clear();
    engine?.metadata?.((tags, seconds) => {
      const question = questionIn(tags);
      if (question !== undefined && this.engine === engine) this.book.add(question, seconds);
    });
  }

  /** Reads the frames of text that a browser's own player hands out as cues. */
  private readCues(): void {
    for (const track of this.means.video.textTracks) {
      if (track.kind !== 'metadata') continue;
      if (track.mode === 'disabled') track.mode = 'hidden';
      for (const cue of track.cues ?? []) {
        const { key, info, data } = recordOf('value' in cue ? cue.value : undefined);
        const question = key === 'TXXX' && info === 'poll' ? readQuestion(String(data)) : undefined;
        if (question !== undefined) this.book.add(question, cue.startTime);
      }
    }
  }

  private ask(question: PlacedQuestion): void {
    const [id, option] = (localStorage.getItem(VOTED) ?? '').split(' ');
    this.shown = question;
    this.goesAt = undefined;
    this.askAt = 0;
    this.chosen = id === question.id ? Number(option) : undefined;
    this.panel.ask(question);
    this.panel.open(this.chosen === undefined, this.chosen);
  }

  /** Ends the question on the screen; its result stays for a while. */
  private end(now: number): void {
    if (this.goesAt === undefined) {
      this.goesAt = now + AFTER_MILLISECONDS;
      this.panel.open(false, this.chosen);
      this.panel.tell('Voting is closed.');
    } else if (now >= this.goesAt) {
      this.shown = undefined;
      this.panel.hide();
    }
  }

  private async vote(option: number): Promise<void> {
    const { shown } = this;
    if (shown === undefined) return;
    this.panel.open(false, option);
    let guest = localStorage.getItem(GUEST);
    if (guest === null) {
      guest = crypto.randomUUID();
      localStorage.setItem(GUEST, guest);
    }
    const answer = await this.desk.vote(shown.id, option, { guest, session: sessionOf(this.means.playback.choice) });
    if (answer.kind === 'counted') localStorage.setItem(VOTED, `${shown.id} ${option}`);
    if (this.shown?.id !== shown.id) return;
    if (answer.kind === 'refused') {
      this.panel.open(this.goesAt === undefined);
      this.panel.tell(answer.message);
      return;
    }
    this.chosen = answer.kind === 'counted' ? option : -1;
    this.askAt = 0;
    this.panel.open(false, this.chosen);
    this.panel.tell(SENTENCES[answer.kind]);
  }

  private async showResult(id: string): Promise<void> {
    const counts = await this.desk.result(id);
    if (counts !== undefined && this.shown?.id === id) this.panel.result(counts);
  }
}

const SENTENCES = {
  counted: 'Thank you for your vote.',
  'counted-before': 'Your vote has been counted before.',
  closed: 'Voting is closed.',
} as const;
