/** The files of a bundle that is a single string. It is made when the function is bundled for a launch template. */
declare module 'packed-files' {
  /** Path and length of each file, in the order of the content. */
  export const FILES: readonly (readonly [path: string, length: number])[];
  /** All files, concatenated, compressed with Brotli and encoded in Z85. */
  export const CONTENT: string;
}
