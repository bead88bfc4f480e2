import { AudioChoice } from './audio-choice';
import type { Wish } from './choice';
import { element } from './elements';
import { listenToKeys } from './keyboard';
import { LiveFollower } from './live-follower';
import { ManifestWatch } from './manifest-watch';
import { wireOtherManifest } from './other-manifest';
import { Panels } from './panels';
import type { Playback } from './playback';
import { wireScreen } from './screen';
import type { Volume } from './volume';
import { wordsFor } from './words';

/** Interval at which the channel that plays is looked at for its chat and its polls. */
const LOOK_MILLISECONDS = 500;

/** Styles of what is added, which the first frame does not wait for. */
const STYLES = ['./foot.css', './panels.css'];

/** Loads a part of the page for the first channel that has it. A part that could not be loaded is tried again. */
function watchFor(has: () => unknown, load: () => Promise<void>): void {
  const timer = setInterval(() => {
    if (!has()) return;
    clearInterval(timer);
    load().catch(() => watchFor(has, load));
  }, LOOK_MILLISECONDS);
}

/**
 * Adds what the first frame does not need: panels, keys, full screen, chat, polls, and the attendants of the playback.
 *
 * @param link - from the address of the page.
 */
export function furnishPage(
  playback: Playback,
  volume: Volume,
  open: (wish: Wish) => void,
  link: string | undefined,
): Panels {
  for (const href of STYLES) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
  const video = element('video', HTMLVideoElement);
  wireOtherManifest(open);
  watchFor(
    () => playback.choice?.channel?.chat,
    async () => (await import('./chat/chat')).startChat(playback, link),
  );
  watchFor(
    () => playback.choice?.channel?.polls,
    async () => (await import('./polls/polls')).startPolls(playback),
  );
  const panels = new Panels(() => playback.snapshot());
  playback.attendants = {
    audio: new AudioChoice(),
    follower: new LiveFollower(video, () => playback.snapshot().bufferSeconds),
    watch: new ManifestWatch(),
    wordsFor,
  };
  listenToKeys({
    toggle: () => playback.toggle(),
    mute: () => volume.toggle(),
    fullscreen: wireScreen(video),
    live: () => playback.goLive(),
    panel: (id) => void panels.toggle(id),
    seekBy: (delta) => playback.seek(video.currentTime + delta),
    louder: (delta) => volume.set(volume.level + delta),
  });
  // A link that is pasted into the address bar of an open page changes the fragment only.
  addEventListener('hashchange', () => {
    if (/[#&]link=/.test(location.hash)) location.reload();
  });
  return panels;
}
