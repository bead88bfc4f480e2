import { element, fill, icon, label, say } from './elements';
import { behindText, behindWords, bitrateText, secondsText, sizeText } from './figures';
import { FORMAT_NAMES } from './format-names';
import type { Playback } from './playback';
import type { Snapshot } from './snapshot';
import { STATUS_WORDS, type Status } from './status';
import type { Volume } from './volume';

/** Shortest window that gets a seek bar, in seconds. */
const SEEKABLE_SECONDS = 10;

/** States in which the stage shows the stream. */
const ON_SCREEN: ReadonlySet<Status> = new Set(['playing', 'buffering', 'paused']);

/** Shows a snapshot in the bar, the overlay and the caption, and passes on the viewer's actions. */
export class Controls {
  private readonly player = element('player', HTMLElement);
  private readonly stage = element('stage', HTMLElement);
  private readonly seek = element('seek', HTMLInputElement);
  private readonly slider = element('volume', HTMLInputElement);
  private readonly play = element('play', HTMLButtonElement);
  private readonly mute = element('mute', HTMLButtonElement);
  private readonly live = element('live', HTMLButtonElement);
  private readonly quality = element('quality', HTMLSelectElement);
  private readonly language = element('language', HTMLSelectElement);
  private readonly languageField = element('language-field', HTMLElement);
  private readonly unmute = element('unmute', HTMLButtonElement);
  private readonly start = element('start', HTMLButtonElement);
  private readonly texts = {
    live: element('live-text', HTMLElement),
    behind: element('behind', HTMLElement),
    headline: element('headline', HTMLElement),
    detail: element('detail', HTMLElement),
    caption: element('caption', HTMLElement),
    status: element('status', HTMLElement),
  };
  /** True while the viewer holds the thumb of the seek bar; it is then not moved. */
  private dragging = false;

  /** @param chosen - called with the name of a rendition, or undefined for automatic. */
  constructor(
    private readonly playback: Playback,
    private readonly volume: Volume,
    chosen: (quality: string | undefined) => void,
  ) {
    const toggle = () => playback.toggle();
    this.play.addEventListener('click', toggle);
    this.start.addEventListener('click', toggle);
    this.stage.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLVideoElement) toggle();
    });
    this.live.addEventListener('click', () => playback.goLive());
    this.mute.addEventListener('click', () => volume.toggle());
    this.unmute.addEventListener('click', () => volume.toggle());
    this.slider.addEventListener('input', () => volume.set(this.slider.valueAsNumber / 100));
    this.quality.addEventListener('change', () => chosen(this.quality.value || undefined));
    this.language.addEventListener('change', () => playback.chooseAudio(this.language.value));
    this.seek.addEventListener('input', () => {
      this.dragging = true;
      playback.seek(this.seek.valueAsNumber);
      this.paintSeek(Number(this.seek.max));
    });
    this.seek.addEventListener('change', () => {
      this.dragging = false;
    });
  }

  /** Brings everything on the screen up to date with a snapshot. */
  show(now: Snapshot): void {
    this.player.dataset['status'] = now.status;
    const { headline, detail, atRest = false } = this.playback.words();
    this.player.toggleAttribute('data-at-rest', atRest);
    say(this.texts.headline, headline);
    say(this.texts.detail, detail);
    say(this.texts.status, now.sentence || STATUS_WORDS[now.status]);
    say(this.texts.caption, caption(now));

    const idle = now.paused || now.status === 'blocked';
    icon(this.play, idle ? 'play' : 'pause');
    label(this.play, idle ? 'Play (K)' : 'Pause (K)');
    this.start.hidden = now.status !== 'blocked';
    this.showVolume(ON_SCREEN.has(now.status));
    // Where the past is shown, another bar has its place.
    if (!this.seek.hidden) this.showPosition(now);
    this.showLadder(now);
    this.showLanguages(now);
  }

  private showVolume(onScreen: boolean): void {
    const { muted, level, mutedByRule } = this.volume;
    icon(this.mute, muted ? 'muted' : 'audio');
    label(this.mute, muted ? 'Unmute (M)' : 'Mute (M)');
    const percent = muted ? 0 : Math.round(level * 100);
    this.slider.value = String(percent);
    this.slider.style.setProperty('--at', `${percent}%`);
    this.unmute.hidden = !(muted && mutedByRule && onScreen);
  }

  private showPosition({ window, behindSeconds, atLiveEdge, currentTime, status }: Snapshot): void {
    const behind = behindSeconds ?? 0;
    const lit = atLiveEdge && status === 'playing';
    this.live.toggleAttribute('data-lit', lit);
    this.live.disabled = behindSeconds === null;
    say(this.texts.live, atLiveEdge || behindSeconds === null ? 'Live' : 'Go live');
    label(this.live, lit ? 'Live: at the live edge' : 'Go live (L)');
    say(this.texts.behind, atLiveEdge || behindSeconds === null ? '' : behindText(behind));

    const live = currentTime + behind;
    this.seek.disabled = window === null || behindSeconds === null || live - window.start < SEEKABLE_SECONDS;
    if (this.dragging || window === null) return;
    this.seek.min = String(window.start);
    this.seek.max = String(live);
    this.seek.value = String(atLiveEdge ? live : currentTime);
    this.paintSeek(live);
  }

  private paintSeek(live: number): void {
    const start = Number(this.seek.min);
    const { valueAsNumber: value } = this.seek;
    this.seek.style.setProperty('--at', `${live > start ? ((value - start) / (live - start)) * 100 : 100}%`);
    this.seek.setAttribute('aria-valuetext', behindWords(live - value));
  }

  private showLadder({ renditions, rendition, quality }: Snapshot): void {
    const held = renditions.find(({ name }) => name === quality);
    const playing = rendition && rendition.height > 0 ? ` · ${rendition.height}p` : '';
    const ladder = [...renditions].sort((a, b) => b.height - a.height || b.bitrate - a.bitrate);
    fill(this.quality, [
      ['', held === undefined ? `Auto${playing}` : 'Auto'],
      ...ladder.map(({ name, height, bitrate }) => {
        return [name, height > 0 ? `${height}p · ${bitrateText(bitrate)}` : bitrateText(bitrate)] as const;
      }),
    ]);
    this.quality.disabled = renditions.length < 2;
    if (document.activeElement !== this.quality) this.quality.value = held?.name ?? '';
  }

  /** Offers the audio tracks when there are several. */
  private showLanguages({ audioTracks, audioTrack }: Snapshot): void {
    this.languageField.hidden = audioTracks.length < 2;
    fill(
      this.language,
      audioTracks.map((name) => [name, name]),
    );
    if (document.activeElement !== this.language) this.language.value = audioTracks[audioTrack ?? 0] ?? '';
  }
}

/** The line beneath the video, with the figures that an operator wants at a glance. */
function caption({ status, format, rendition, latencySeconds, past }: Snapshot): string {
  if (format === null) return '';
  const parts = [FORMAT_NAMES[format]];
  if (ON_SCREEN.has(status)) {
    if (rendition && rendition.height > 0) parts.push(sizeText(rendition));
    if (latencySeconds !== null && past === null) parts.push(`${secondsText(latencySeconds)} behind the encoder`);
  }
  return parts.join('  ·  ');
}
