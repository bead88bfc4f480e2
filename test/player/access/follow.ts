import { expect } from '@jest/globals';
import { next } from '../../../player/access/machine';
import type { Session } from '../../../player/access/session';
import {
  type AccessAction,
  type AccessEvent,
  type AccessState,
  AWAY,
  type Credential,
} from '../../../player/access/state';

export const SESSION: Session = { sid: 'one', base: '/s/one', lifetimeSeconds: 600, renewAfterSeconds: 400 };
export const RENEWED: Session = { ...SESSION, base: '/s/two' };

export const TICK: AccessEvent = { kind: 'tick' };
export const UNANSWERED: AccessEvent = { kind: 'unanswered' };
export const CURRENT_401: AccessEvent = { kind: 'edge', status: 401, current: true };
export const OLD_401: AccessEvent = { kind: 'edge', status: 401, current: false };

export const opened = (credential: Credential, native = false): AccessEvent => ({
  kind: 'opened',
  credential,
  native,
  redeem: false,
});
export const admits = (session: Session): AccessEvent => ({ kind: 'session', session });
export const refuses = (name: Extract<AccessEvent, { kind: 'refused' }>['name']): AccessEvent => ({
  kind: 'refused',
  name,
  devices: name === 'too-many-sessions' ? [{ device: 'Safari on iPhone', since: 1 }] : [],
});
export const press = (button: Extract<AccessEvent, { kind: 'pressed' }>['press']): AccessEvent => ({
  kind: 'pressed',
  press: button,
});

export const BEGIN: AccessAction = { kind: 'begin', refresh: false, takeover: false };
export const RENEW: AccessAction = { kind: 'renew', refresh: false };

type Line = readonly [
  at: number,
  event: AccessEvent,
  phase: AccessState['phase'],
  action?: AccessAction | 'play' | 'stop' | 'replay',
];

/** Sends events one after the other, and expects each line's phase and action. */
export function follow(lines: readonly Line[], from: AccessState = AWAY): AccessState {
  return lines.reduce((state, [at, event, phase, expected = { kind: 'none' }], line) => {
    const { state: following, action } = next(state, event, at);
    const wanted = typeof expected === 'string' ? { kind: expected } : expected;
    expect({ line, phase: following.phase, action }).toEqual({ line, phase, action: wanted });
    return following;
  }, from);
}

export const watching = (credential: Credential = 'sign-in', native = false): AccessState =>
  follow([
    [0, opened(credential, native), 'asking', BEGIN],
    [0, admits(SESSION), 'watching', 'play'],
  ]);

export const refusalOf = (state: AccessState): string | undefined =>
  'refusal' in state ? state.refusal?.name : undefined;
export const baseOf = (state: AccessState): string | undefined =>
  state.phase === 'watching' ? state.session.base : undefined;
