import type { Choice } from '../choice';
import type { Past } from '../past';
import type { SupervisorEvent } from '../supervisor';
import type { Source } from './decision';
import { startOverAddress } from './links';
import { startAt } from './playlist-start';
import type { Sources } from './sources';
import { playable, type Stage } from './stage';

/** Words that no show needs: it has no end. */
const NO_WORDS = { headline: '', detail: '' };

/** A stretch of the show that plays from a long manifest. */
export class Stretch {
  /** The manifest that was opened last. */
  source: Source = 'rewind';
  /** Date of the last frame that was played, in milliseconds since 1970; 0 before the first one. */
  place = 0;
  /** Date that was asked for, until it has been compared with the window. */
  asked: number | undefined;
  /** True once the manifest that was opened last has played. */
  played = false;

  /** @param missing - called with the status of the answer when there is no long manifest. */
  constructor(
    private readonly stage: Stage,
    private readonly sources: Sources,
    private readonly missing: (status: number) => void,
  ) {}

  /**
   * Plays from a date.
   *
   * @param live - the live stream of the channel.
   * @param since - start of the show, for the manifest that begins there.
   * @returns false when the browser can play no such manifest.
   */
  open(source: Source, date: number, live: Choice, since = 0): boolean {
    const { rewind, startOver } = this.sources;
    const fromStart = startOver.map(({ format, url }) => ({ format, url: startOverAddress(url, since) }));
    const chosen = playable(this.stage, source === 'rewind' ? (rewind?.manifests ?? []) : fromStart, live);
    if (chosen === undefined) {
      this.stage.menus.tell(['This browser can play no manifest that reaches back.']);
      return false;
    }
    this.source = source;
    this.asked = date;
    this.place = date;
    this.played = false;
    this.stage.playback.open({ ...live, ...chosen, targetLatencySeconds: undefined, past: this.past() });
    return true;
  }

  private past(): Past {
    const place = () => ({ date: this.place });
    return {
      recorded: false,
      place,
      hls: (settings, loader) => startAt(place, settings, loader),
      takes: (event) => this.takes(event),
      ended: NO_WORDS,
    };
  }

  /** Once the manifest has played, the supervisor looks after it. */
  private takes(event: SupervisorEvent): boolean {
    if (this.played || event.kind !== 'refused' || event.cause.kind !== 'http') return false;
    const { status } = event.cause;
    // An engine reports in the middle of its own work, which has to be over before it is destroyed.
    setTimeout(() => this.missing(status));
    return true;
  }
}
