import type { ApiRequest, Value } from '../../contract';
import { WrongValueError } from './declared';

/** The body of a JSON call; an empty object when there is none. @throws WrongValueError when it is no JSON. */
export function jsonBody({ body }: Pick<ApiRequest, 'body'>): Value {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new WrongValueError('the body of the request is no JSON', 'SerializationException');
  }
}
