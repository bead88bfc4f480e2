import { audioNames } from './audio-names';
import type { Engine } from './engines/engine';

/** The audio track that the viewer chose, by its name. It outlives the engine, which starts with the manifest's choice. */
export class AudioChoice {
  /** Undefined for the manifest's own choice. */
  private name: string | undefined;

  choose(name: string | undefined): void {
    this.name = name;
  }

  /** The names of an engine's audio tracks, in the manifest's order. */
  names(engine: Engine | undefined): readonly string[] {
    return audioNames(engine?.audioTracks() ?? []);
  }

  /** Makes an engine play the chosen track, if it has that track and plays another one. */
  apply(engine: Engine): void {
    if (this.name === undefined) return;
    const index = this.names(engine).indexOf(this.name);
    if (index >= 0 && index !== engine.audioTrack()) engine.chooseAudio(index);
  }
}
