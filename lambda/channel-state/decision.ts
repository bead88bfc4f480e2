import type { ChannelState } from '@aws-sdk/client-medialive';

/** The state of a channel; `MISSING` when MediaLive does not know it. */
export type KnownState = ChannelState | 'MISSING';

/** The state that a channel should be in. */
export type WantedState = 'RUNNING' | 'IDLE';

/** What to do next. */
export type Step = 'start' | 'stop' | 'wait' | 'done' | 'fail';

/**
 * What to do about a channel that is in one state and should be in another. It is about states, not about what was
 * done before, so it may be asked again at any time, by a second run as well as by the first.
 */
export const DECISIONS: Readonly<Record<KnownState, Readonly<Record<WantedState, Step>>>> = {
  CREATING: { RUNNING: 'wait', IDLE: 'wait' },
  CREATE_FAILED: { RUNNING: 'fail', IDLE: 'done' },
  IDLE: { RUNNING: 'start', IDLE: 'done' },
  STARTING: { RUNNING: 'wait', IDLE: 'wait' },
  RUNNING: { RUNNING: 'done', IDLE: 'stop' },
  RECOVERING: { RUNNING: 'wait', IDLE: 'stop' },
  STOPPING: { RUNNING: 'wait', IDLE: 'wait' },
  UPDATING: { RUNNING: 'wait', IDLE: 'wait' },
  UPDATE_FAILED: { RUNNING: 'start', IDLE: 'done' },
  DELETING: { RUNNING: 'fail', IDLE: 'wait' },
  DELETED: { RUNNING: 'fail', IDLE: 'done' },
  MISSING: { RUNNING: 'fail', IDLE: 'done' },
};
