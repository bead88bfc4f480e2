import { isObject, type Value } from '../../contract';
import { parsedJson } from '../kit/json';

/** An action of a user, as it comes over the connection. */
export type Action =
  | {
      readonly action: 'SEND_MESSAGE';
      readonly requestId: string;
      readonly content: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly action: 'DELETE_MESSAGE'; readonly requestId: string; readonly id: string; readonly reason: string }
  | {
      readonly action: 'DISCONNECT_USER';
      readonly requestId: string;
      readonly userId: string;
      readonly reason: string;
    };

/** An action that is refused, with the code of the messaging API. */
export class ActionError extends Error {
  override readonly name = 'ActionError';

  /** @see https://docs.aws.amazon.com/ivs/latest/chatmsgapireference/error-messages.html */
  constructor(
    readonly code: 400 | 401 | 403 | 404 | 406 | 413 | 429 | 500,
    message: string,
    readonly requestId = '',
  ) {
    super(message);
  }
}

/** Longest request over the connection, in bytes. */
const LONGEST = 16 * 1024;

/**
 * Reads an action.
 *
 * @throws ActionError 400 for another form, 413 for one that is too long.
 * @see https://docs.aws.amazon.com/ivs/latest/chatmsgapireference/actions.html
 */
export function readAction(text: string): Action {
  if (Buffer.byteLength(text) > LONGEST) throw new ActionError(413, 'Request is too large');
  const given = parsedJson(text);
  if (!isObject(given)) throw new ActionError(400, 'Request is not valid JSON');
  const { Action: action, RequestId, Content, Attributes = {}, Id, UserId, Reason } = given;
  const requestId = typeof RequestId === 'string' ? RequestId : '';
  const needed = (name: string, value: Value | undefined): string => {
    if (typeof value === 'string' && value !== '') return value;
    throw new ActionError(400, `${name} is required`, requestId);
  };
  const reason = typeof Reason === 'string' ? Reason : '';
  if (action === 'SEND_MESSAGE') {
    return { action, requestId, content: needed('Content', Content), attributes: attributesOf(Attributes, requestId) };
  }
  if (action === 'DELETE_MESSAGE') return { action, requestId, id: needed('Id', Id), reason };
  if (action === 'DISCONNECT_USER') return { action, requestId, userId: needed('UserId', UserId), reason };
  throw new ActionError(400, 'Action is not valid', requestId);
}

function attributesOf(given: Value, requestId: string): Readonly<Record<string, string>> {
  if (!isObject(given) || !Object.values(given).every((value) => typeof value === 'string')) {
    throw new ActionError(400, 'Attributes must be a map of strings', requestId);
  }
  const attributes = given as Readonly<Record<string, string>>;
  if (bytesOf(attributes) > 1024) throw new ActionError(413, 'Attributes must be at most 1 KB', requestId);
  return attributes;
}

/** Returns the length of attributes in bytes: keys and values together. */
export function bytesOf(attributes: Readonly<Record<string, string>>): number {
  return Object.entries(attributes)
    .flat()
    .reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}
