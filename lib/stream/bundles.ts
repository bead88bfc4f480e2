/** A Lambda bundle as `npm run build` writes it. */
export interface Bundle {
  /** The folder that holds `index.js` and, for the bucket-content function, the files that it places. */
  readonly folder: string;
  /** Hash of each folder of files in the bundle: the files are placed anew when it changes. */
  readonly contentHashes: Readonly<Record<string, string>>;
  /** The code itself, for a template without assets: it stands in the template in place of the folder. */
  readonly inline?: string;
}

/** The bundles of the stack's functions. */
export interface Bundles {
  readonly bucketContent: Bundle;
  readonly channelState: Bundle;
  readonly containerContent: Bundle;
  readonly guard: Bundle;
}

/** The bundles that a launch template has beside those of the stack. */
export interface LaunchBundles extends Bundles {
  readonly secureParameter: Bundle;
}
