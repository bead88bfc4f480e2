import type { EngineName } from './choice';
import type { Engine, EngineOptions } from './engines/engine';
import { loadEngine } from './engines/load';

/** Holds the one engine that plays on the video element. Reports of an engine that was replaced are dropped. */
export class EngineSlot {
  private held: Engine | undefined;
  /** Number of the engine that was asked for last. */
  private newest = 0;

  get engine(): Engine | undefined {
    return this.held;
  }

  /** Destroys the engine, and forgets one that is still loading. */
  clear(): void {
    this.newest++;
    this.held?.destroy();
    this.held = undefined;
  }

  /**
   * Replaces the engine by a new one, which starts at the manifest. The old one plays on until the code of the new one
   * is loaded.
   *
   * @param options - called when the new engine starts.
   * @returns true once the new engine has started; false if its code cannot be loaded, or another call came meanwhile.
   */
  async replace(name: EngineName, options: () => EngineOptions): Promise<boolean> {
    const number = ++this.newest;
    const start = await loadEngine(name).catch(() => undefined);
    // An engine may report in the middle of its own work, which has to be over before it is destroyed.
    await new Promise((resolve) => setTimeout(resolve));
    if (number !== this.newest) return false;
    const { report, playRejected, ...rest } = options();
    if (start === undefined) {
      report({ kind: 'refused', cause: { kind: 'unreachable' } });
      return false;
    }
    const isNewest = (): boolean => number === this.newest;
    this.held?.destroy();
    this.held = start({
      ...rest,
      report: (event) => isNewest() && report(event),
      playRejected: (error) => isNewest() && playRejected(error),
    });
    return true;
  }
}
