import { describe, expect, test } from '@jest/globals';
import { type KeyActions, keyAction, SHORTCUTS } from '../../player/keyboard';

/** The action that a key calls, with its amount; undefined for none. */
function pressed(key: string): string | undefined {
  let done: string | undefined;
  const note =
    (name: string) =>
    (amount?: number): void => {
      done = amount === undefined ? name : `${name} ${amount}`;
    };
  const actions: KeyActions = {
    toggle: note('toggle'),
    mute: note('mute'),
    fullscreen: note('fullscreen'),
    live: note('live'),
    panel: (id) => {
      done = `panel ${id}`;
    },
    seekBy: note('seekBy'),
    louder: note('louder'),
  };
  keyAction(key, actions)?.();
  return done;
}

describe('keys', () => {
  test.each([
    [' ', 'toggle'],
    ['k', 'toggle'],
    ['K', 'toggle'],
    ['m', 'mute'],
    ['f', 'fullscreen'],
    ['l', 'live'],
    ['s', 'panel stats'],
    ['ArrowLeft', 'seekBy -10'],
    ['ArrowRight', 'seekBy 10'],
    ['ArrowUp', 'louder 0.1'],
    ['ArrowDown', 'louder -0.1'],
    ['x', undefined],
    ['Tab', undefined],
  ])('%j does %s', (key, action) => {
    expect(pressed(key)).toBe(action);
  });

  test('all have a cap in the list, and no key has two actions', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const shortcut of SHORTCUTS) expect(shortcut.caps).toHaveLength(shortcut.keys.length);
  });
});
