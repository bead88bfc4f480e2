import { addressOf, type Capabilities, type Choice, choose, engineFor, readWish, type Wish } from './choice';
import type { PlayerConfig } from './config';
import { requestConfig } from './config-request';
import { Controls } from './controls';
import { element, label } from './elements';
import { loadEngine } from './engines/load';
import { Menus } from './menus';
import { Playback } from './playback';
import type {} from './probe';
import type { Snapshot } from './snapshot';
import { Sound } from './sound';

/** How often the configuration is asked for while there is none, and while its channel is waited for. */
const CONFIG_RETRY_MILLISECONDS = 5000;
const CONFIG_REFRESH_MILLISECONDS = 15_000;
/** Two snapshots a second for one minute, for the plots. */
const HISTORY_MILLISECONDS = 500;
const HISTORY_LENGTH = 120;

const video = element('video', HTMLVideoElement);
const capabilities: Capabilities = {
  mediaSource: 'MediaSource' in window,
  managedMediaSource: 'ManagedMediaSource' in window,
  nativeHls: video.canPlayType('application/vnd.apple.mpegurl') !== '',
};

let config: PlayerConfig | undefined;
let choice: Choice | undefined;
let history: readonly Snapshot[] = [];
let furnished = false;
let drawStats: ((history: readonly Snapshot[]) => void) | undefined;

const refresh = (): void => {
  const now = playback.snapshot();
  controls.show(now);
  if (now.status !== 'loading' && !furnished) furnish().catch(() => {});
  if (now.quality !== null && now.renditions.length > 0 && !now.renditions.some(({ name }) => name === now.quality)) {
    menus.tell([`There is no rendition “${now.quality}”; the quality is automatic.`]);
    chooseQuality(undefined);
  }
};
const chooseQuality = (quality: string | undefined): void => {
  playback.choose(quality);
  if (choice !== undefined) remember({ ...choice, quality });
};
/** Keeps the address of the page such that it can be passed on. */
const remember = (next: Choice): void => {
  choice = next;
  window.history.replaceState(null, '', addressOf(next));
};

const playback = new Playback(video, refresh);
const sound = new Sound(video, refresh);
const controls = new Controls(playback, sound, chooseQuality);
const menus = new Menus(capabilities, open);

function open(wish: Wish): void {
  const next = choose(config, wish, capabilities, location.href);
  if (next.kind === 'choice') {
    remember(next);
    menus.tell(next.notices);
    history = [];
    playback.open(next);
  } else {
    choice = undefined;
    playback.refuse({ headline: 'Nothing to play', detail: next.sentence });
  }
  menus.show(config, choice, wish.manifest);
}

async function start(): Promise<void> {
  refresh();
  const wish = readWish(location.search);
  // hls.js is on its way while the configuration is; whichever engine is chosen, this is the likely one.
  if (wish.format !== 'dash' && engineFor('hls', capabilities) === 'hls.js') loadEngine('hls.js').catch(() => {});
  if (wish.manifest !== undefined) open(wish);
  for (;;) {
    const reading = await requestConfig();
    if (reading.kind === 'config') {
      config = reading.config;
      break;
    }
    if (choice === undefined) {
      playback.refuse({ headline: 'The player has no valid configuration', detail: reading.problems.join(' · ') });
    }
    await new Promise((resolve) => setTimeout(resolve, CONFIG_RETRY_MILLISECONDS));
  }
  if (wish.manifest === undefined) open(wish);
  else menus.show(config, choice, wish.manifest);
}

/** While a channel is waited for, its desired state may change; the words follow. */
async function refreshConfig(): Promise<void> {
  if (playback.snapshot().status !== 'waiting' || choice?.channel === undefined) return;
  const reading = await requestConfig();
  if (reading.kind !== 'config') return;
  config = reading.config;
  playback.describe(config.channels.find(({ name }) => name === choice?.channel?.name) ?? choice.channel);
}

async function toggleStats(): Promise<void> {
  const panel = element('stats', HTMLElement);
  panel.hidden = !panel.hidden;
  document.documentElement.toggleAttribute('data-stats', !panel.hidden);
  statsButton.setAttribute('aria-expanded', String(!panel.hidden));
  if (panel.hidden || drawStats !== undefined) return drawStats?.(history);
  const { statsPanel } = await import('./stats');
  drawStats ??= statsPanel(panel);
  drawStats(history);
}

/** What the first picture can do without comes after it: keys, full screen, the look-out for a stream to return. */
async function furnish(): Promise<void> {
  furnished = true;
  const styles = document.createElement('link');
  document.head.append(Object.assign(styles, { rel: 'stylesheet', href: './panels.css' }));
  const [{ listenToKeys }, { wireScreen }, { ManifestWatch }] = await Promise.all([
    import('./keyboard'),
    import('./screen'),
    import('./manifest-watch'),
  ]);
  playback.watch = new ManifestWatch();
  listenToKeys({
    toggle: () => playback.toggle(),
    mute: () => sound.toggle(),
    fullscreen: wireScreen(video),
    live: () => playback.goLive(),
    stats: () => void toggleStats(),
    seekBy: (delta) => playback.seekBy(delta),
    louder: (delta) => sound.setVolume(sound.volume + delta),
  });
}

const statsButton = element('stats-toggle', HTMLButtonElement);
label(statsButton, 'Stats (S)');
statsButton.addEventListener('click', () => void toggleStats());
window.livePlayer = { state: () => playback.snapshot() };
setInterval(() => {
  history = [...history, playback.snapshot()].slice(-HISTORY_LENGTH);
  if (!element('stats', HTMLElement).hidden) drawStats?.(history);
}, HISTORY_MILLISECONDS);
setInterval(() => void refreshConfig(), CONFIG_REFRESH_MILLISECONDS);
void start();
