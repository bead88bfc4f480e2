/** Reads a value of unknown type as an object; anything else is one without properties. */
export const recordOf = (given: unknown): Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null ? { ...given } : {};
