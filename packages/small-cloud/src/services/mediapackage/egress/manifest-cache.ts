import type { Segmenter } from '../model/segmenter';

/** Number of manifests that are kept for one channel and segment length. Each is one text. */
const KEPT = 64;

interface Kept {
  readonly state: string;
  readonly made: unknown;
}

/**
 * Manifests by their names and parameters, until the segments change. A manifest of two hours lists thousands of
 * segments, and all viewers ask for it every few seconds.
 */
export class ManifestCache {
  private readonly made = new WeakMap<Segmenter, Map<string, Kept>>();

  /**
   * Returns what was made for these segments, or makes it.
   *
   * @param key - names the manifest among all of the channel.
   * @param parts - true for a manifest that changes with every part of a segment.
   */
  get<T>(segmenter: Segmenter, { key, parts }: { readonly key: string; readonly parts: boolean }, make: () => T): T {
    const kept = this.made.get(segmenter) ?? new Map<string, Kept>();
    this.made.set(segmenter, kept);
    const state = parts ? `${segmenter.revision} ${segmenter.parts}` : String(segmenter.revision);
    const known = kept.get(key);
    if (known?.state === state) return known.made as T;
    const made = make();
    kept.delete(key);
    kept.set(key, { state, made });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return made;
  }
}
