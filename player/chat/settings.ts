import { recordOf } from '../access/record';

/** The chat of a channel, from `config.json`. */
export interface ChatSettings {
  /** Address of the messages. A path of this site stands for a WebSocket of it. */
  readonly endpoint: string;
  /** Path on this site that gives out tokens. */
  readonly path: string;
  /** Longest message, in characters. */
  readonly messageLength: number;
  /** Time between two messages of a viewer; 0 for none. */
  readonly slowSeconds: number;
  /** True to show messages as late as the picture. */
  readonly holdBack: boolean;
}

/** Reads the member `chat` of a channel. @returns undefined for one that this page does not understand. */
export function readChat(given: unknown): ChatSettings | undefined {
  const { endpoint, path, messageLength, slowSeconds, holdBack } = recordOf(given);
  if (typeof endpoint !== 'string' || !/^(wss:\/\/|\/(?!\/))/.test(endpoint)) return undefined;
  if (typeof path !== 'string' || !/^\/(?!\/)/.test(path)) return undefined;
  return {
    endpoint,
    path,
    messageLength: typeof messageLength === 'number' ? messageLength : 200,
    slowSeconds: typeof slowSeconds === 'number' ? slowSeconds : 0,
    holdBack: holdBack === true,
  };
}

/** Returns the address of the WebSocket, as seen from a page. */
export function socketAddress(endpoint: string, page: string): string {
  const address = new URL(endpoint, page);
  address.protocol = address.protocol.replace('http', 'ws');
  return address.href;
}
