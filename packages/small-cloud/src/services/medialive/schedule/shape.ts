import { ServiceError } from '../contract/service-error';

/** An object of a request. */
export type Shape = Readonly<Record<string, unknown>>;

/** Reads an object. @throws ServiceError (BadRequestException) for anything else. */
export function shape(value: unknown, path: string): Shape {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new ServiceError('BadRequestException', `${path}: an object is needed`);
}

/** Reads a whole number from 0. @throws ServiceError (BadRequestException) for anything else. */
export function wholeNumber(settings: Shape, key: string, most: number): number {
  const value = settings[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new ServiceError('BadRequestException', `${key}: a whole number from 0 to ${most} is needed`);
}

/** Refuses unknown members. @throws ServiceError (NotImplementedException) that names the first one. */
export function onlyMembers(settings: Shape, ...known: readonly string[]): void {
  const other = Object.keys(settings).find((key) => !known.includes(key));
  if (other === undefined) return;
  throw new ServiceError('NotImplementedException', `${other} is not modelled by the local MediaLive`);
}

/** Returns the one member that an object has. @throws ServiceError (UnprocessableEntityException) when it has none or several. */
export function onlyMember(settings: Shape, path: string): readonly [string, Shape] {
  const [first, ...others] = Object.entries(settings).filter(([, value]) => value !== undefined && value !== null);
  if (first === undefined || others.length > 0) {
    throw new ServiceError('UnprocessableEntityException', `${path}: exactly one kind of settings is needed`);
  }
  return [first[0], shape(first[1], `${path}.${first[0]}`)];
}
