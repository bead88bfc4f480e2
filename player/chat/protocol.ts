import { recordOf } from '../access/record';

/** A message of the chat. */
export interface ChatMessage {
  readonly id: string;
  /** Id that the page of the sender gave it; empty without one. */
  readonly requestId: string;
  readonly text: string;
  readonly user: string;
  readonly name: string;
  readonly moderates: boolean;
}

/** A message, an event or an error that comes over the connection. */
export type Incoming =
  | { readonly kind: 'message'; readonly message: ChatMessage }
  | { readonly kind: 'deleted'; readonly id: string }
  | { readonly kind: 'event'; readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly code: number; readonly reason: string; readonly requestId: string };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads what IVS Chat sends.
 *
 * @returns undefined for anything that this page does not know.
 * @see https://docs.aws.amazon.com/ivs/latest/chatmsgapireference/actions.html
 */
export function readIncoming(data: unknown): Incoming | undefined {
  const { Type, Id, RequestId, Content, Sender, EventName, Attributes, ErrorCode, ErrorMessage } = parsed(data);
  if (Type === 'MESSAGE') {
    const { UserId, Attributes: ofSender } = recordOf(Sender);
    const { name, role } = recordOf(ofSender);
    const known = { id: text(Id), requestId: text(RequestId), text: text(Content), user: text(UserId) };
    return { kind: 'message', message: { ...known, name: text(name) || 'Somebody', moderates: role === 'moderator' } };
  }
  if (Type === 'EVENT') {
    const attributes = recordOf(Attributes);
    if (EventName !== 'aws:DELETE_MESSAGE') return { kind: 'event', name: text(EventName), attributes };
    return { kind: 'deleted', id: text(attributes['MessageId'] ?? attributes['MessageID']) };
  }
  if (Type === 'ERROR') {
    return { kind: 'error', code: Number(ErrorCode), reason: text(ErrorMessage), requestId: text(RequestId) };
  }
  return undefined;
}

function parsed(data: unknown): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(String(data)));
  } catch {
    return {};
  }
}
