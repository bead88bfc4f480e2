import { wrong } from './option-values';

const ACTIONS = ['add', 'remove', 'groups', 'list'] as const;

/** A request about the viewers who sign in with Cognito. */
export interface ViewerRequest {
  readonly action: (typeof ACTIONS)[number];
  /** E-mail address of a viewer; empty for `list`. */
  readonly email: string;
  /** Groups to put the viewer into. */
  readonly join: readonly string[];
  /** Groups to take the viewer out of. */
  readonly leave: readonly string[];
  /** The password that the viewer keeps; undefined for a temporary one. Never printed. */
  readonly password: string | undefined;
}

/** The options after `viewer`. */
export interface ViewerOptions {
  readonly group?: readonly string[] | undefined;
  readonly password?: string | undefined;
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** Options by the action that takes them. */
const OF: Readonly<Record<keyof ViewerOptions, ViewerRequest['action']>> = {
  group: 'add',
  password: 'add',
  add: 'groups',
  remove: 'groups',
};

/**
 * Reads the words after `viewer`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function viewerRequest(words: readonly string[], options: ViewerOptions): ViewerRequest {
  const [word, email = '', ...rest] = words;
  const action = ACTIONS.find((name) => name === word);
  if (action === undefined) {
    const given = word === undefined ? 'Nothing' : `"${word}"`;
    throw wrong(`${given} was given after viewer; one of ${ACTIONS.join(', ')} is needed.`);
  }
  if (action === 'list' ? email !== '' : !/^[^\s@]+@[^\s@]+$/.test(email) || rest.length > 0) {
    const needed = action === 'list' ? 'takes no e-mail address' : 'takes the e-mail address of one viewer';
    throw wrong(`${words.slice(1).join(' ') || 'Nothing'} was given; viewer ${action} ${needed}.`);
  }
  for (const [option, owner] of Object.entries(OF)) {
    if (option in options && owner !== action) {
      throw wrong(`--${option} was given to viewer ${action}; it belongs to viewer ${owner}.`);
    }
  }
  const { group = [], add = [], remove = [], password } = options;
  return { action, email, join: [...group, ...add], leave: remove, password };
}
