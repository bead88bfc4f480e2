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

export type ChannelState = (typeof CHANNEL_STATES)[number];

/** What can happen to a channel. */
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

export type ChannelEvent = (typeof CHANNEL_EVENTS)[number];

const NEXT: Readonly<Record<ChannelState, Partial<Record<ChannelEvent, ChannelState>>>> = {
  CREATING: { created: 'IDLE', 'create-failed': 'CREATE_FAILED' },
  CREATE_FAILED: { delete: 'DELETING' },
  IDLE: { start: 'STARTING', update: 'UPDATING', delete: 'DELETING' },
  STARTING: { started: 'RUNNING' },
  RUNNING: { 'encoder-lost': 'RECOVERING', stop: 'STOPPING' },
  RECOVERING: { 'encoder-back': 'RUNNING', stop: 'STOPPING' },
  STOPPING: { stopped: 'IDLE' },
  DELETING: { deleted: 'DELETED' },
  DELETED: {},
  UPDATING: { updated: 'IDLE', 'update-failed': 'UPDATE_FAILED' },
  UPDATE_FAILED: { start: 'STARTING', update: 'UPDATING', delete: 'DELETING' },
};

/** The state that follows; undefined when the event is not possible in this state. */
export function nextState(state: ChannelState, event: ChannelEvent): ChannelState | undefined {
  return NEXT[state][event];
}

/** True when a channel stays in a state until somebody asks for something: no work of the service is under way. */
export function isSettled(state: ChannelState): boolean {
  return ['IDLE', 'RUNNING', 'RECOVERING', 'CREATE_FAILED', 'UPDATE_FAILED'].includes(state);
}
