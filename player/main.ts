import type { Admission } from './access/admission';
import { takeArrival } from './arrival';
import { addressOf, type Capabilities, type Choice, choose, engineFor, readWish, type Wish } from './choice';
import type { PlayerConfig } from './config';
import { requestConfig } from './config-request';
import { Controls } from './controls';
import { element } from './elements';
import { loadEngine } from './engines/load';
import { Menus } from './menus';
import type { Panels } from './panels';
import { Playback } from './playback';
import type {} from './probe';
import { Reader } from './reader';
import type { Replay } from './replay/replay';
import { Volume } from './volume';

/** Interval at which the configuration is read while there is none. */
const RETRY_MILLISECONDS = 5000;
/** Interval at which the configuration is read while the player waits for a channel. */
const CONFIG_REFRESH_MILLISECONDS = 15_000;

const video = element('video', HTMLVideoElement);
const capabilities: Capabilities = {
  mediaSource: 'MediaSource' in window,
  managedMediaSource: 'ManagedMediaSource' in window,
  nativeHls: video.canPlayType('application/vnd.apple.mpegurl') !== '',
};

const arrival = takeArrival();

let config: PlayerConfig | undefined;
let choice: Choice | undefined;
let furnished = false;
let panels: Panels | undefined;
/** Shows the past of the channels that offer it; undefined until there is one. */
let replay: Replay | undefined;
/** Lets viewers of private channels in; undefined until there is one to play. */
let admission: Admission | undefined;

const refresh = (): void => {
  const now = playback.snapshot();
  controls.show(now);
  replay?.show(now);
  if (now.status !== 'loading' && !furnished) void furnish();
  if (now.quality !== null && now.renditions.length > 0 && !now.renditions.some(({ name }) => name === now.quality)) {
    menus.tell([`There is no rendition “${now.quality}”; the quality is automatic.`]);
    chooseQuality(undefined);
  }
};
const chooseQuality = (quality: string | undefined): void => {
  playback.choose(quality);
  if (choice) remember({ ...choice, quality });
};
/** Keeps the choice in the address of the page, so that the address can be passed on. */
const remember = (next: Choice): void => {
  choice = next;
  history.replaceState(null, '', addressOf(next));
};

const playback = new Playback(video, refresh);
const volume = new Volume(video, refresh);
const controls = new Controls(playback, volume, chooseQuality);
const menus = new Menus(capabilities, open);

function open(wish: Wish): void {
  const next = choose(config, wish, capabilities, location.href);
  if (next.kind === 'choice') {
    remember(next);
    menus.tell(next.notices);
    panels?.clear();
    // The code for the past comes first for a viewer who wants to begin there, and otherwise after the first frame.
    if (next.moment ?? next.recording) void showPast().then(() => choice === next && play(next));
    else play(next);
    if (furnished) void showPast();
  } else {
    choice = undefined;
    admission?.leave();
    playback.refuse({ headline: 'Nothing to play', detail: next.sentence });
  }
  menus.show(config, choice, wish.manifest);
}

function play(next: Choice): void {
  if (next.channel?.access === 'private') {
    void admit(next);
  } else {
    admission?.leave();
    playback.open(next);
  }
}

/** Loads the code that shows the past, for a channel that offers it and for a viewer who asks for it. */
async function showPast(): Promise<void> {
  if (choice?.channel?.past ?? choice?.moment ?? choice?.recording) {
    const { replayFor } = await import('./replay/replay');
    replay ??= replayFor({ playback, engineFor, capabilities, reader: () => new Reader(), menus, remember, open });
  }
}

/** Plays a private channel once the viewer is let in. The code for that is loaded only here. */
async function admit(next: Choice): Promise<void> {
  try {
    const { admissionFor } = await import('./access/viewer-access');
    admission ??= admissionFor({ access: config?.access, arrival, playback, reader: new Reader() });
    if (choice === next) admission.open(next);
  } catch (error) {
    // Both the browser and the code throw errors with a message.
    playback.refuse({ headline: 'Nobody can be let in', detail: (error as Error).message });
  }
}

async function start(): Promise<void> {
  refresh();
  const wish = readWish(arrival.search);
  // Load hls.js, the likely engine, while the configuration is on its way.
  if (wish.format !== 'dash' && engineFor('hls', capabilities) === 'hls.js') loadEngine('hls.js').catch(String);
  if (wish.manifest !== undefined) open(wish);
  config = await firstConfig();
  const { audience, ads } = config;
  // A page that cannot load the code for them plays all the same.
  if (audience) await import('./audience/audience').then((code) => code.follow(audience, playback, video), String);
  if (ads) await import('./ads/ads').then((code) => code.follow(ads, playback, video), String);
  if (wish.manifest === undefined) open(wish);
  else menus.show(config, choice, wish.manifest);
}

/** Reads the configuration until it is valid; meanwhile the page shows its problems. */
async function firstConfig(): Promise<PlayerConfig> {
  for (;;) {
    const reading = await requestConfig();
    if (reading.kind === 'config') return reading.config;
    if (!choice) {
      playback.refuse({ headline: 'The player has no valid configuration', detail: reading.problems.join(' · ') });
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
  }
}

/** Keeps the words up to date while the player waits for a channel, whose desired state may change. */
async function refreshConfig(): Promise<void> {
  if (playback.snapshot().status !== 'waiting' || !choice?.channel) return;
  const reading = await requestConfig();
  if (reading.kind !== 'config') return;
  config = reading.config;
  const channel = config.channels.find(({ name }) => name === choice?.channel?.name) ?? choice.channel;
  // A channel can become private, or public, while the page is open.
  if (channel.access !== choice.channel.access) open(readWish(location.search));
  else playback.describe(channel);
}

/** Loads the parts of the page that the first frame does not need. */
async function furnish(): Promise<void> {
  furnished = true;
  try {
    const { furnishPage } = await import('./furniture');
    panels ??= furnishPage(playback, volume, open, arrival.link);
    await showPast();
  } catch {
    // The words of the page are among it. A viewer whose connection failed for a moment gets them after all.
    setTimeout(() => {
      furnished = false;
    }, RETRY_MILLISECONDS);
  }
}

window.livePlayer = { state: () => playback.snapshot() };
setInterval(refreshConfig, CONFIG_REFRESH_MILLISECONDS);
void start();
