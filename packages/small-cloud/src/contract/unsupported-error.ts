/** A template or a call needs something that the small cloud does not model. The message names it and says what to do. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}
