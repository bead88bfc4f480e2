import type { VastAd } from '../vast';
import type { Element } from '../xml-tree';
import type { AdClip } from './ad-clip';
import type { MarkedBreak } from './marked-breaks';
import { type Stretch, TOLERANCE, timedPeriods, videoSegments } from './timeline';

/** An ad that is ready for an MPD. */
export interface ReadyAd {
  readonly ad: VastAd;
  readonly clip: AdClip;
  /** Name of its files on the shelf. */
  readonly key: string;
}

/** An ad with its place in the presentation, which is a period. */
export interface PlacedAd extends ReadyAd, Stretch {
  /** Id of the period. */
  readonly id: string;
}

/** A break that has ads in place of the show. */
export interface FilledBreak extends Stretch {
  readonly avail: MarkedBreak;
  readonly ads: readonly PlacedAd[];
}

/** The breaks of an MPD. */
export interface Breaking {
  readonly marked: readonly MarkedBreak[];
  /** Returns the ads of a break that fit into it, none where there are none. It is asked once for each break. */
  readonly choose: (avail: MarkedBreak) => Promise<readonly ReadyAd[]>;
}

/** The segments that an MPD lists: its window. */
interface Listed {
  readonly segments: readonly Stretch[];
  /** Start of the oldest one, and end of the newest one. */
  readonly first: number;
  readonly edge: number;
}

/** Seconds for which a break is remembered after it has left the window: longer than the tolerance of its start. */
const KEPT = 1;

interface Held {
  readonly avail: MarkedBreak;
  readonly from: number;
  to: number;
  ads: readonly PlacedAd[];
  /** Settles when the ads are there. */
  readonly chosen: Promise<void>;
}

/**
 * The breaks of one session. The ads of a break are chosen once, and the break keeps its place for as long as the window of
 * the origin has a part of it.
 */
export class SessionBreaks {
  private readonly held = new Map<string, Held>();
  /** End of the newest segment of the show that this session was told of. */
  private told = Number.NEGATIVE_INFINITY;
  /** The availabilityStartTime, which all times count from: another one is another timeline. */
  private began: string | undefined;

  /** Returns the breaks that have ads by now, in their order. */
  filled(): readonly FilledBreak[] {
    return [...this.held.values()].filter(({ ads }) => ads.length > 0).sort((one, other) => one.from - other.from);
  }

  /**
   * Takes the newest MPD of the origin.
   *
   * @returns the breaks that this MPD has ads in.
   */
  async follow(mpd: Element, { marked, choose }: Breaking): Promise<readonly FilledBreak[]> {
    const listed = listedOf(mpd);
    if (listed === undefined) return [];
    const { availabilityStartTime: began } = mpd.attributes;
    if (began !== this.began) {
      this.began = began;
      this.told = Number.NEGATIVE_INFINITY;
      this.held.clear();
    }
    for (const [id, { to, from }] of this.held) if (Math.max(to, from) <= listed.first - KEPT) this.held.delete(id);
    const { told } = this;
    this.told = Math.max(told, listed.edge);
    for (const avail of marked) {
      const held = this.held.get(avail.id);
      if (held === undefined) this.begin(placeOf(avail, listed, told), choose);
      // A message that ends a break early leads back into the show, but not into what was told already.
      else held.to = Math.min(held.to, Math.max(held.from + avail.seconds, told));
    }
    await Promise.all([...this.held.values()].map(({ chosen }) => chosen));
    for (const held of this.held.values()) held.to = snapped(held.to, listed.segments);
    return this.filled();
  }

  private begin(
    place: { readonly avail: MarkedBreak; readonly from: number } | undefined,
    choose: Breaking['choose'],
  ): void {
    if (place === undefined) return;
    const { avail, from } = place;
    const { seconds } = avail;
    const isWithin = [...this.held.values()].some((one) => one.from <= from && from < one.to - TOLERANCE);
    const chosen = async (): Promise<void> => {
      const ads = isWithin || seconds <= 0 ? [] : await choose(avail);
      held.ads = placed(ads, held);
      held.to = held.ads.at(-1)?.to ?? from;
    };
    const held: Held = { avail, from, to: from + seconds, ads: [], chosen: Promise.resolve().then(chosen) };
    this.held.set(avail.id, held);
  }
}

/**
 * Returns the place of a break: the first segment that begins with it or after it. A session never takes back a segment that
 * it was told of, so a break that is announced late loses its beginning.
 *
 * @returns undefined where that segment is not listed yet, or no more.
 */
function placeOf(
  avail: MarkedBreak,
  { segments, first, edge }: Listed,
  told: number,
): { readonly avail: MarkedBreak; readonly from: number } | undefined {
  if (avail.startSeconds < first - TOLERANCE) return undefined;
  const earliest = Math.max(avail.startSeconds, told) - TOLERANCE;
  const from = [...segments.map((one) => one.from), edge].find((boundary) => boundary >= earliest);
  if (from === undefined) return undefined;
  const late = from - avail.startSeconds;
  const longest = Math.max(...segments.map((one) => one.to - one.from));
  return { avail: late > longest + TOLERANCE ? { ...avail, seconds: avail.seconds - late } : avail, from };
}

function placed(ads: readonly ReadyAd[], { avail, from }: Pick<Held, 'avail' | 'from'>): readonly PlacedAd[] {
  let at = from;
  return ads.map((one, index) => {
    const begins = at;
    at += one.clip.seconds;
    return { ...one, id: `${avail.id}_${index + 1}`, from: begins, to: at };
  });
}

/** Moves an end to the segment that begins about there; elsewhere, the show goes on in the middle of a segment. */
function snapped(end: number, segments: readonly Stretch[]): number {
  return segments.find(({ from }) => Math.abs(from - end) <= TOLERANCE)?.from ?? end;
}

function listedOf(mpd: Element): Listed | undefined {
  const segments = timedPeriods(mpd).flatMap(videoSegments);
  const [first, last] = [segments[0], segments.at(-1)];
  return first === undefined || last === undefined ? undefined : { segments, first: first.from, edge: last.to };
}
