import { AudioChoice } from './audio-choice';
import type { Wish } from './choice';
import { listenToKeys } from './keyboard';
import { LiveFollower } from './live-follower';
import { ManifestWatch } from './manifest-watch';
import { wireOtherManifest } from './other-manifest';
import { Panels } from './panels';
import type { Playback } from './playback';
import { wireScreen } from './screen';
import type { Volume } from './volume';
import { wordsFor } from './words';

/** Styles of what is added, which the first frame does not wait for. */
const STYLES = ['./foot.css', './panels.css'];

/** Adds what the first frame does not need: panels, keys, full screen, and the attendants of the playback. */
export function furnishPage(
  video: HTMLVideoElement,
  playback: Playback,
  volume: Volume,
  open: (wish: Wish) => void,
): Panels {
  for (const href of STYLES) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
  wireOtherManifest(open);
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
