/** The files of a bundle that is one text: made when it is bundled for a launch template. */
declare module 'packed-files' {
  /** Path and length of each file, in the order in which they are in the content. */
  export const FILES: readonly (readonly [path: string, length: number])[];
  /** All files, one after the other, in Brotli and Z85. */
  export const CONTENT: string;
}
