const KEY = 'live-player.volume';

/** Volume and mute of the video. Every visit starts muted, as browsers require; the volume is that of the last visit. */
export class Volume {
  /** True while the autoplay rule mutes the video, and not the viewer. */
  mutedByRule = true;

  /** @param changed - called after every change, including those that the browser makes. */
  constructor(
    private readonly video: HTMLVideoElement,
    changed: () => void,
  ) {
    video.muted = true;
    video.volume = remembered();
    video.addEventListener('volumechange', changed);
  }

  get muted(): boolean {
    return this.video.muted;
  }

  /** 0 to 1. */
  get level(): number {
    return this.video.volume;
  }

  /** Mutes or unmutes. */
  toggle(): void {
    this.mutedByRule = false;
    this.video.muted = !this.video.muted;
    if (!this.video.muted && this.video.volume === 0) this.set(0.5);
  }

  /** @param level - 0 to 1; a value outside is brought into that range. */
  set(level: number): void {
    const within = Math.min(1, Math.max(0, level));
    this.mutedByRule = false;
    this.video.volume = within;
    this.video.muted = within === 0;
    try {
      localStorage.setItem(KEY, String(within));
    } catch {
      // The browser may forbid storage; the next visit then starts at full volume.
    }
  }
}

function remembered(): number {
  try {
    const level = Number(localStorage.getItem(KEY) ?? 1);
    return level > 0 && level <= 1 ? level : 1;
  } catch {
    return 1;
  }
}
