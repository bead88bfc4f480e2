import { isAudioParameters, type Tag, videoTag } from './flv';
import { SteadyTime } from './steady-time';

/**
 * Receiver of the tags of a contribution. A stretch has one set of video parameters, so that one ffmpeg can decode it.
 */
export interface Stretches {
  /** Begins a stretch; all tags of the one before have been given. */
  begin(hasAudio: boolean): void;
  give(tag: Tag): void;
  /** Explains why the contribution cannot be taken. */
  refuse(sentence: string): void;
}

/** Seconds of audio that a publisher may send before its video. */
const PATIENCE_SECONDS = 5;
/** Time after the first video that audio is waited for. */
const AUDIO_PATIENCE_MS = 500;
/** Tags that are kept while audio is waited for: more than that time allows at any bitrate. */
const MOST_KEPT = 1000;

/**
 * Cuts the stream of a publisher into stretches. Each begins with its parameters and a keyframe. Another begins where
 * the parameters of the video change, and where audio joins video that had none.
 */
export class Contribution {
  private readonly time = new SteadyTime();
  private beganAt: number | undefined;
  private refused = false;
  private metadata: Tag | undefined;
  private video: Tag | undefined;
  private audio: Tag | undefined;
  private hasAudio = false;
  /** Tags from a keyframe on, while audio is waited for. */
  private kept: Tag[] | undefined;
  private stretch: { readonly hasAudio: boolean } | undefined;
  private isDue = true;

  constructor(private readonly to: Stretches) {}

  /** @param now - a clock that never goes back, in seconds. */
  take(tag: Tag, now: number): void {
    if (this.refused) return;
    this.beganAt ??= now;
    const timed = { ...tag, timestamp: this.time.steady(tag.timestamp, now) };
    if (tag.type === 18) this.metadata = timed;
    else if (tag.type === 8) this.takeAudio(timed);
    else this.takeVideo(timed);
    if (this.video === undefined && now - this.beganAt > PATIENCE_SECONDS) {
      this.refuse(`it has sent no video for ${PATIENCE_SECONDS} s; RTMP inputs need H.264 beside the audio`);
    }
  }

  /**
   * Begins anew with the next keyframe, because the stretch has ended on the other side or the publisher has paused.
   */
  interrupted(): void {
    this.stretch = undefined;
    this.kept = undefined;
    this.isDue = true;
  }

  private takeAudio(tag: Tag): void {
    this.hasAudio = true;
    if (isAudioParameters(tag.data)) this.audio = tag;
    if (this.kept !== undefined) {
      this.kept.push(tag);
      this.begin();
    } else if (this.stretch !== undefined) {
      if (this.stretch.hasAudio) this.to.give(tag);
      else this.isDue = true;
    }
  }

  private takeVideo(tag: Tag): void {
    const video = videoTag(tag.data);
    if (video.kind === 'foreign') {
      this.refuse(`its video is ${video.codec}; RTMP inputs of MediaLive take H.264, with the codec id of FLV`);
    } else if (video.kind === 'parameters') {
      if (this.video?.data.equals(tag.data) === false) this.isDue = true;
      this.video = tag;
    } else if (video.kind === 'frame') {
      this.takeFrame(tag, video.isKey);
    }
  }

  private takeFrame(tag: Tag, isKey: boolean): void {
    if (this.isDue && isKey && this.video !== undefined) {
      this.isDue = false;
      this.stretch = undefined;
      this.kept = [];
    }
    if (this.kept !== undefined) {
      this.kept.push(tag);
      const waited = tag.timestamp - (this.kept[0]?.timestamp ?? 0);
      if (this.hasAudio || waited >= AUDIO_PATIENCE_MS || this.kept.length > MOST_KEPT) this.begin();
    } else if (this.stretch !== undefined && !this.isDue) {
      this.to.give(tag);
    } else if (this.stretch?.hasAudio === false) {
      // The video goes on until the keyframe that the audio can join at.
      this.to.give(tag);
    }
  }

  private begin(): void {
    const { kept = [], metadata, video, audio, hasAudio } = this;
    this.kept = undefined;
    this.stretch = { hasAudio };
    this.to.begin(hasAudio);
    const timestamp = kept[0]?.timestamp ?? 0;
    for (const tag of [metadata, video, audio]) if (tag !== undefined) this.to.give({ ...tag, timestamp });
    // Audio parameters that came in the meantime have been given already.
    for (const tag of kept) if (!isAudioParameters(tag.data) || tag.type !== 8) this.to.give(tag);
  }

  private refuse(sentence: string): void {
    this.refused = true;
    this.to.refuse(sentence);
  }
}
