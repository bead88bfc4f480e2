const KEY = 'live-player.volume';

/** Volume and mute of the video. Every visit begins muted, as browsers ask; the volume is that of the last visit. */
export class Sound {
  /** Whether it is the autoplay rule that mutes, and not the viewer. */
  mutedByRule = true;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly changed: () => void,
  ) {
    video.muted = true;
    video.volume = remembered();
    video.addEventListener('volumechange', () => this.changed());
  }

  get muted(): boolean {
    return this.video.muted;
  }

  /** 0 to 1. */
  get volume(): number {
    return this.video.volume;
  }

  toggle(): void {
    this.mutedByRule = false;
    this.video.muted = !this.video.muted;
    if (!this.video.muted && this.video.volume === 0) this.setVolume(0.5);
  }

  /** @param volume - 0 to 1, brought into that range. */
  setVolume(volume: number): void {
    const within = Math.min(1, Math.max(0, volume));
    this.mutedByRule = false;
    this.video.volume = within;
    this.video.muted = within === 0;
    try {
      localStorage.setItem(KEY, String(within));
    } catch {
      // Storage may be forbidden; then the next visit begins at full volume.
    }
  }
}

function remembered(): number {
  try {
    const volume = Number(localStorage.getItem(KEY) ?? 1);
    return volume > 0 && volume <= 1 ? volume : 1;
  } catch {
    return 1;
  }
}
