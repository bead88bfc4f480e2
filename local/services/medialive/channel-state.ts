/**
 * The states of a MediaLive channel that occur here.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid.html
 */
export type ChannelState =
  | 'CREATING'
  | 'IDLE'
  | 'STARTING'
  | 'RUNNING'
  | 'RECOVERING'
  | 'STOPPING'
  | 'DELETING'
  | 'DELETED';

/** What can happen to a channel. */
export type ChannelEvent =
  | 'created'
  | 'start'
  | 'started'
  | 'encoder-lost'
  | 'encoder-back'
  | 'stop'
  | 'stopped'
  | 'delete'
  | 'deleted';

const NEXT: Readonly<Record<ChannelState, Partial<Record<ChannelEvent, ChannelState>>>> = {
  CREATING: { created: 'IDLE' },
  IDLE: { start: 'STARTING', delete: 'DELETING' },
  STARTING: { started: 'RUNNING' },
  RUNNING: { 'encoder-lost': 'RECOVERING', stop: 'STOPPING' },
  RECOVERING: { 'encoder-back': 'RUNNING', stop: 'STOPPING' },
  STOPPING: { stopped: 'IDLE' },
  DELETING: { deleted: 'DELETED' },
  DELETED: {},
};

/** The state that follows; undefined when the event is not possible in this state. */
export function nextState(state: ChannelState, event: ChannelEvent): ChannelState | undefined {
  return NEXT[state][event];
}
