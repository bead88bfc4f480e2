/** A Lambda bundle as `npm run build` writes it. */
export interface Bundle {
  /** Folder of `index.js` and, for the bucket-content function, of the files that it places. */
  readonly folder: string;
  /** Hash of each folder of files in the bundle. The files are placed again when it changes. */
  readonly contentHashes: Readonly<Record<string, string>>;
  /** The code itself, for a template without assets. The template contains it in place of the folder. */
  readonly inline?: string;
}

/** The bundles of the stack's functions. */
export interface Bundles {
  readonly bucketContent: Bundle;
  readonly channelState: Bundle;
  readonly containerContent: Bundle;
  readonly guard: Bundle;
  readonly notices: Bundle;
  readonly probe: Bundle;
  /** The function at the edge that checks viewers, as code. */
  readonly gate: Bundle;
  readonly viewerKeys: Bundle;
  readonly viewerSessions: Bundle;
  readonly recorder: Bundle;
  readonly catalogue: Bundle;
  readonly collector: Bundle;
  readonly chatRoom: Bundle;
  readonly chatReview: Bundle;
  readonly adDecision: Bundle;
  readonly adPlaylist: Bundle;
  readonly pollDesk: Bundle;
}

/** Returns bundles that are all the same one, for templates of which nobody runs the code. */
export function sameBundle(bundle: Bundle): Bundles {
  return {
    bucketContent: bundle,
    channelState: bundle,
    containerContent: bundle,
    guard: bundle,
    notices: bundle,
    probe: bundle,
    gate: bundle,
    viewerKeys: bundle,
    viewerSessions: bundle,
    recorder: bundle,
    catalogue: bundle,
    collector: bundle,
    chatRoom: bundle,
    chatReview: bundle,
    adDecision: bundle,
    adPlaylist: bundle,
    pollDesk: bundle,
  };
}

/** The bundles of a launch template. */
export interface LaunchBundles extends Bundles {
  readonly secureParameter: Bundle;
}
