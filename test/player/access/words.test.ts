import { describe, expect, test } from '@jest/globals';
import type { AccessState, Credential, Refusal } from '../../../player/access/state';
import { deviceText, panelContent } from '../../../player/access/words';

const refused = (name: Refusal['name'], credential: Credential = 'sign-in'): AccessState => ({
  phase: 'refused',
  credential,
  native: false,
  refusal: { name, devices: name === 'too-many-sessions' ? [{ device: 'Safari on iPhone', since: 0 }] : [] },
  retryAt: undefined,
  attempt: 0,
});
const stranger: AccessState = { phase: 'signed-out', credential: 'none', native: false, refusal: undefined };

describe('words for a viewer who is not let in', () => {
  test.each<[AccessState, boolean, string, readonly string[]]>([
    [stranger, true, 'Sign in to watch', ['Sign in']],
    [stranger, false, 'You need a link to watch', []],
    [refused('not-entitled'), true, 'Your account may not watch this channel', ['Sign out']],
    [refused('not-entitled', 'link'), false, 'Your link is not for this channel', []],
    [refused('no-such-channel'), true, 'There is no such channel', []],
    [refused('too-many-sessions'), true, 'Too many devices', ['Watch here instead']],
    [refused('session-ended'), true, 'Your session was ended', ['Watch here again']],
    [refused('session-ended', 'link'), true, 'Your session was ended', ['Sign in']],
    [refused('session-ended', 'link'), false, 'Your session was ended', []],
    [refused('link-used', 'link'), false, 'This link has been used', []],
    [refused('link-expired', 'link'), true, 'This link has expired', ['Sign in']],
    [refused('link-invalid', 'none'), false, 'This link is not valid', []],
    [refused('country'), true, 'Not available in your country', []],
    [refused('unavailable'), true, 'The service that lets viewers in does not answer', ['Try again']],
    [refused('rejected'), true, 'The stream does not accept your session', ['Try again']],
    [refused('sign-in-failed', 'none'), true, 'Signing in did not work', ['Sign in']],
  ])('for %j, with sign-in %s: “%s” %j', (state, signIn, headline, buttons) => {
    const content = panelContent(state, signIn);
    expect([content?.headline, content?.offers.map(({ text }) => text)]).toEqual([headline, buttons]);
    expect(content?.detail).toMatch(/\.$/);
  });

  test('list the other devices', () => {
    expect(panelContent(refused('too-many-sessions'), true)?.devices).toHaveLength(1);
    const since = new Date(2026, 0, 1, 20, 15).getTime() / 1000;
    expect(deviceText({ device: 'Safari on iPhone', since }, 'en-GB')).toBe('Safari on iPhone, since 20:15');
  });

  test('are none while the video plays or is on its way', () => {
    const away: AccessState = { phase: 'away', credential: 'sign-in', native: false };
    const asking = { fresh: false, takeover: false, attempt: 0, refusal: undefined };
    expect(panelContent(away, true)).toBeUndefined();
    expect(panelContent({ ...away, phase: 'redeeming' }, true)).toBeUndefined();
    expect(panelContent({ ...away, phase: 'asking', ...asking }, true)).toBeUndefined();
  });
});
