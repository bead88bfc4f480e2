import type { ChannelState } from '@aws-sdk/client-medialive';

/** The state of a channel; `MISSING` when MediaLive does not know the channel. */
export type KnownState = ChannelState | 'MISSING';

/** The state that a channel should be in. */
export type WantedState = 'RUNNING' | 'IDLE';

/** The next thing to do about a channel. */
export type Step = 'start' | 'stop' | 'wait' | 'done' | 'fail';

/**
 * The next step for a channel that is in one state and should be in another. The table depends on the state only and
 * not on earlier steps, so a second run may ask it again at any time.
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

/** States in which viewers may be watching. */
export const ON_AIR: readonly KnownState[] = ['STARTING', 'RUNNING', 'RECOVERING'];

/** Returns the next step. An unknown state, one that MediaLive has added since, is waited for. */
export function nextStep(state: KnownState, wanted: WantedState): Step {
  return DECISIONS[state]?.[wanted] ?? 'wait';
}
