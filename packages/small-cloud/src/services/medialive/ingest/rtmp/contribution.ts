import { isSoundParameters, pictureOf, type Tag } from './flv';
import { SteadyTime } from './steady-time';

/** What takes the tags of a contribution. A stretch is what one ffmpeg can decode: one set of video parameters. */
export interface Stretches {
  /** Begins a stretch; the tags of the one before are all given. */
  begin(hasSound: boolean): void;
  give(tag: Tag): void;
  /** Says why the contribution cannot be taken. */
  refuse(sentence: string): void;
}

/** A publisher may send this much sound before its picture. */
const PATIENCE_SECONDS = 5;
/** Sound that has not come so long after the picture is not waited for. */
const SOUND_PATIENCE_MS = 500;
/** Pictures that are kept while sound is waited for: more than the time allows at any bitrate. */
const MOST_KEPT = 1000;

/**
 * Cuts what a publisher sends into stretches. Each begins with its parameters and a keyframe; another begins where the
 * parameters of the picture change, and where sound comes to a picture that had none.
 */
export class Contribution {
  private readonly time = new SteadyTime();
  private beganAt: number | undefined;
  private refused = false;
  private metadata: Tag | undefined;
  private picture: Tag | undefined;
  private sound: Tag | undefined;
  private hasSound = false;
  /** Tags from a keyframe on, while sound is waited for. */
  private kept: Tag[] | undefined;
  private stretch: { readonly hasSound: boolean } | undefined;
  private isDue = true;

  constructor(private readonly to: Stretches) {}

  /** @param now - a clock that never goes back, in seconds. */
  take(tag: Tag, now: number): void {
    if (this.refused) return;
    this.beganAt ??= now;
    const timed = { ...tag, timestamp: this.time.steady(tag.timestamp, now) };
    if (tag.type === 18) this.metadata = timed;
    else if (tag.type === 8) this.takeSound(timed);
    else this.takePicture(timed);
    if (this.picture === undefined && now - this.beganAt > PATIENCE_SECONDS) {
      this.refuse(`it has sent no picture for ${PATIENCE_SECONDS} s; RTMP inputs need H.264 beside the sound`);
    }
  }

  /** The stretch has ended from the other side, or a pause has: the next one begins with a keyframe. */
  interrupted(): void {
    this.stretch = undefined;
    this.kept = undefined;
    this.isDue = true;
  }

  private takeSound(tag: Tag): void {
    this.hasSound = true;
    if (isSoundParameters(tag.data)) this.sound = tag;
    if (this.kept !== undefined) {
      this.kept.push(tag);
      this.begin();
    } else if (this.stretch !== undefined) {
      if (this.stretch.hasSound) this.to.give(tag);
      else this.isDue = true;
    }
  }

  private takePicture(tag: Tag): void {
    const picture = pictureOf(tag.data);
    if (picture.kind === 'foreign') {
      this.refuse(`its picture is ${picture.codec}; RTMP inputs of MediaLive take H.264, with the codec id of FLV`);
    } else if (picture.kind === 'parameters') {
      if (this.picture?.data.equals(tag.data) === false) this.isDue = true;
      this.picture = tag;
    } else if (picture.kind === 'frame') {
      this.takeFrame(tag, picture.isKey);
    }
  }

  private takeFrame(tag: Tag, isKey: boolean): void {
    if (this.isDue && isKey && this.picture !== undefined) {
      this.isDue = false;
      this.stretch = undefined;
      this.kept = [];
    }
    if (this.kept !== undefined) {
      this.kept.push(tag);
      const waited = tag.timestamp - (this.kept[0]?.timestamp ?? 0);
      if (this.hasSound || waited >= SOUND_PATIENCE_MS || this.kept.length > MOST_KEPT) this.begin();
    } else if (this.stretch !== undefined && !this.isDue) {
      this.to.give(tag);
    } else if (this.stretch?.hasSound === false) {
      // Until the keyframe with which the sound can join, the picture goes on.
      this.to.give(tag);
    }
  }

  private begin(): void {
    const { kept = [], metadata, picture, sound, hasSound } = this;
    this.kept = undefined;
    this.stretch = { hasSound };
    this.to.begin(hasSound);
    const timestamp = kept[0]?.timestamp ?? 0;
    for (const tag of [metadata, picture, sound]) if (tag !== undefined) this.to.give({ ...tag, timestamp });
    // Sound parameters that came while it was waited for stand in front already.
    for (const tag of kept) if (!isSoundParameters(tag.data) || tag.type !== 8) this.to.give(tag);
  }

  private refuse(sentence: string): void {
    this.refused = true;
    this.to.refuse(sentence);
  }
}
