/** An error in MediaStore's words, with the status that goes with its code. */
export class MediaStoreError extends Error {
  override readonly name = 'MediaStoreError';

  /** @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_Operations.html */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function containerNotFound(name: string): MediaStoreError {
  return new MediaStoreError(404, 'ContainerNotFoundException', `There is no container named ${name}.`);
}

export function objectNotFound(path: string): MediaStoreError {
  return new MediaStoreError(404, 'ObjectNotFoundException', `There is no object at ${path}.`);
}
