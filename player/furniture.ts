import { listenToKeys } from './keyboard';
import { ManifestWatch } from './manifest-watch';
import { Panels } from './panels';
import type { Playback } from './playback';
import { wireScreen } from './screen';
import type { Volume } from './volume';

/** Adds the panels, the keys, full screen, and the watch for a stream to return. Loaded after the first frame. */
export function furnishPage(video: HTMLVideoElement, playback: Playback, volume: Volume): Panels {
  const panels = new Panels(() => playback.snapshot());
  playback.watch = new ManifestWatch();
  listenToKeys({
    toggle: () => playback.toggle(),
    mute: () => volume.toggle(),
    fullscreen: wireScreen(video),
    live: () => playback.goLive(),
    panel: (id) => void panels.toggle(id),
    seekBy: (delta) => playback.seekBy(delta),
    louder: (delta) => volume.set(volume.level + delta),
  });
  return panels;
}
