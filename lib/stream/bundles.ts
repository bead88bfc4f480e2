/** A Lambda bundle as `npm run build` writes it. */
export interface Bundle {
  /** The folder that holds `index.js` and, for the bucket-content function, the files that it places. */
  readonly folder: string;
  /** Hash of each folder of files in the bundle: the files are placed anew when it changes. */
  readonly contentHashes: Readonly<Record<string, string>>;
}

/** The bundles of the stack's functions. */
export interface Bundles {
  readonly bucketContent: Bundle;
  readonly channelState: Bundle;
  readonly containerContent: Bundle;
  readonly guard: Bundle;
}
