/**
 * The states of a MediaLive channel.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid.html
 */
export const CHANNEL_STATES = [
  'CREATING',
  'CREATE_FAILED',
  'IDLE',
  'STARTING',
  'RUNNING',
  'RECOVERING',
  'STOPPING',
  'DELETING',
  'DELETED',
  'UPDATING',
  'UPDATE_FAILED',
] as const;

/** One of {@link CHANNEL_STATES}. */
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** Events in the life of a channel. */
export const CHANNEL_EVENTS = [
  'created',
  'create-failed',
  'start',
  'started',
  'encoder-lost',
  'encoder-back',
  'stop',
  'stopped',
  'update',
  'updated',
  'update-failed',
  'delete',
  'deleted',
] as const;

/** One of {@link CHANNEL_EVENTS}. */
export type ChannelEvent = (typeof CHANNEL_EVENTS)[number];

/** Rules of one state. */
interface StateRules {
  /** States that follow, by the events that are possible. */
  readonly next: Partial<Record<ChannelEvent, ChannelState>>;
  /** Set for a state that lasts until somebody asks for something: no work of the service is under way. */
  readonly isSettled?: true;
  /** Set for a state in which the channel has a run. */
  readonly isStarted?: true;
  /** Set for a state in which at least one pipeline encodes, or tries to. */
  readonly isEncoding?: true;
}

const STATES: Readonly<Record<ChannelState, StateRules>> = {
  CREATING: { next: { created: 'IDLE', 'create-failed': 'CREATE_FAILED' } },
  CREATE_FAILED: { next: { delete: 'DELETING' }, isSettled: true },
  IDLE: { next: { start: 'STARTING', update: 'UPDATING', delete: 'DELETING' }, isSettled: true },
  STARTING: { next: { started: 'RUNNING' }, isStarted: true },
  RUNNING: {
    next: { 'encoder-lost': 'RECOVERING', stop: 'STOPPING' },
    isSettled: true,
    isStarted: true,
    isEncoding: true,
  },
  RECOVERING: {
    next: { 'encoder-back': 'RUNNING', stop: 'STOPPING' },
    isSettled: true,
    isStarted: true,
    isEncoding: true,
  },
  STOPPING: { next: { stopped: 'IDLE' }, isStarted: true },
  DELETING: { next: { deleted: 'DELETED' } },
  DELETED: { next: {} },
  UPDATING: { next: { updated: 'IDLE', 'update-failed': 'UPDATE_FAILED' } },
  UPDATE_FAILED: { next: { start: 'STARTING', update: 'UPDATING', delete: 'DELETING' }, isSettled: true },
};

/** Returns the state that follows; undefined when the event is not possible in this state. */
export function nextState(state: ChannelState, event: ChannelEvent): ChannelState | undefined {
  return STATES[state].next[event];
}

/** Tells whether a channel stays in a state until somebody asks for something. */
export function isSettled(state: ChannelState): boolean {
  return STATES[state].isSettled === true;
}

/** Tells whether a channel has a run in a state. */
export function isStarted(state: ChannelState): boolean {
  return STATES[state].isStarted === true;
}

/** Tells whether a channel encodes in a state, if only with one pipeline, or tries to. */
export function isEncodingIn(state: ChannelState): boolean {
  return STATES[state].isEncoding === true;
}
