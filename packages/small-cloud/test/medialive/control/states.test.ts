import { describe, expect, test } from '@jest/globals';
import {
  CHANNEL_EVENTS,
  CHANNEL_STATES,
  type ChannelEvent,
  type ChannelState,
  isSettled,
  nextState,
} from '../../../src/services/medialive/control/channel-state';
import {
  INPUT_EVENTS,
  INPUT_STATES,
  type InputEvent,
  type InputState,
  nextInputState,
} from '../../../src/services/medialive/control/input-state';

const CHANNEL: readonly (readonly [ChannelState, ChannelEvent, ChannelState])[] = [
  ['CREATING', 'created', 'IDLE'],
  ['CREATING', 'create-failed', 'CREATE_FAILED'],
  ['CREATE_FAILED', 'delete', 'DELETING'],
  ['IDLE', 'start', 'STARTING'],
  ['IDLE', 'update', 'UPDATING'],
  ['IDLE', 'delete', 'DELETING'],
  ['STARTING', 'started', 'RUNNING'],
  ['RUNNING', 'encoder-lost', 'RECOVERING'],
  ['RUNNING', 'stop', 'STOPPING'],
  ['RECOVERING', 'encoder-back', 'RUNNING'],
  ['RECOVERING', 'stop', 'STOPPING'],
  ['STOPPING', 'stopped', 'IDLE'],
  ['UPDATING', 'updated', 'IDLE'],
  ['UPDATING', 'update-failed', 'UPDATE_FAILED'],
  ['UPDATE_FAILED', 'start', 'STARTING'],
  ['UPDATE_FAILED', 'update', 'UPDATING'],
  ['UPDATE_FAILED', 'delete', 'DELETING'],
  ['DELETING', 'deleted', 'DELETED'],
];

const INPUT: readonly (readonly [InputState, InputEvent, InputState])[] = [
  ['CREATING', 'created', 'DETACHED'],
  ['DETACHED', 'attach', 'ATTACHED'],
  ['DETACHED', 'delete', 'DELETING'],
  ['ATTACHED', 'detach', 'DETACHED'],
  ['DELETING', 'deleted', 'DELETED'],
];

describe('the states of a channel', () => {
  test.each(CHANNEL)('%s, %s: %s', (state, event, next) => {
    expect(nextState(state, event)).toBe(next);
  });

  test('refuses every event that the table does not have', () => {
    const possible = CHANNEL.map(([state, event]) => `${state} ${event}`);
    const all = CHANNEL_STATES.flatMap((state) => CHANNEL_EVENTS.map((event) => [state, event] as const));
    const others = all.filter(([state, event]) => !possible.includes(`${state} ${event}`));
    expect(others).toHaveLength(11 * 13 - CHANNEL.length);
    expect(others.filter(([state, event]) => nextState(state, event) !== undefined)).toEqual([]);
  });

  test('never end but in DELETED', () => {
    const ends = CHANNEL_STATES.filter((state) =>
      CHANNEL_EVENTS.every((event) => nextState(state, event) === undefined),
    );
    expect(ends).toEqual(['DELETED']);
  });

  test('are settled where no work of the service is under way', () => {
    expect(CHANNEL_STATES.filter(isSettled)).toEqual([
      'CREATE_FAILED',
      'IDLE',
      'RUNNING',
      'RECOVERING',
      'UPDATE_FAILED',
    ]);
  });
});

describe('the states of an input', () => {
  test.each(INPUT)('%s, %s: %s', (state, event, next) => {
    expect(nextInputState(state, event)).toBe(next);
  });

  test('refuses every event that the table does not have', () => {
    const possible = INPUT.map(([state, event]) => `${state} ${event}`);
    const all = INPUT_STATES.flatMap((state) => INPUT_EVENTS.map((event) => [state, event] as const));
    const others = all.filter(([state, event]) => !possible.includes(`${state} ${event}`));
    expect(others).toHaveLength(5 * 5 - INPUT.length);
    expect(others.filter(([state, event]) => nextInputState(state, event) !== undefined)).toEqual([]);
  });
});
