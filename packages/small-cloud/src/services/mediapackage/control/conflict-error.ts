/** A resource that already exists, or that others still need: ConflictException on AWS. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}
