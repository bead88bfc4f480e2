import type { AudioChoice } from './audio-choice';
import type { LiveFollower } from './live-follower';
import type { ManifestWatch } from './manifest-watch';
import type { wordsFor } from './words';

/** Parts of the playback that the first frame does not need. They are loaded after it. */
export interface Attendants {
  readonly audio: AudioChoice;
  readonly follower: LiveFollower;
  readonly watch: ManifestWatch;
  readonly wordsFor: typeof wordsFor;
}
