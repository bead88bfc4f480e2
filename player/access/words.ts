import type { Words } from '../words';
import type { Device } from './session';
import type { AccessState, Press, Refusal } from './state';

/** A button of the panel. */
export interface Offer {
  readonly press: Press;
  readonly text: string;
}

/** Content of the panel that stands in place of the video. */
export interface PanelContent extends Words {
  readonly devices: readonly Device[];
  /** Buttons, the most likely one first. */
  readonly offers: readonly Offer[];
}

const SIGN_IN: Offer = { press: 'sign-in', text: 'Sign in' };
const SIGN_OUT: Offer = { press: 'sign-out', text: 'Sign out' };
const TRY_AGAIN: Offer = { press: 'try-again', text: 'Try again' };
const TAKE_OVER: Offer = { press: 'take-over', text: 'Watch here instead' };
const WATCH_AGAIN: Offer = { press: 'try-again', text: 'Watch here again' };

/**
 * Returns the content of the panel; undefined while there is nothing to say.
 *
 * @param signIn - true in a stack with a sign-in.
 */
export function panelContent(state: AccessState, signIn: boolean): PanelContent | undefined {
  switch (state.phase) {
    case 'signed-out':
      return state.refusal === undefined ? strangerContent(signIn) : refusalContent(state.refusal, state, signIn);
    case 'asking':
    case 'refused':
      return state.refusal && refusalContent(state.refusal, state, signIn);
    default:
      return undefined;
  }
}

function strangerContent(signIn: boolean): PanelContent {
  return signIn
    ? content('Sign in to watch', 'This channel is for viewers with an account.', [SIGN_IN])
    : content('You need a link to watch', 'This channel is for viewers who were sent a link. Ask the organiser.', []);
}

function refusalContent({ name, devices }: Refusal, { credential }: AccessState, signIn: boolean): PanelContent {
  const bySignIn = credential === 'sign-in';
  const orSignIn = signIn && !bySignIn ? [SIGN_IN] : [];
  switch (name) {
    case 'not-entitled':
      return bySignIn
        ? content('Your account may not watch this channel', 'Another account may be allowed to.', [SIGN_OUT])
        : content('Your link is not for this channel', 'Open the address that you were sent.', orSignIn);
    case 'no-such-channel':
      return content('There is no such channel', 'It may have been removed. Reload the page to see the others.', []);
    case 'too-many-sessions':
      return {
        ...content('Too many devices', 'Watch here instead? The device that began first then stops.', [TAKE_OVER]),
        devices,
      };
    case 'session-ended':
      return content(
        'Your session was ended',
        'You began to watch on another device, or the organiser ended it.',
        bySignIn ? [WATCH_AGAIN] : orSignIn,
      );
    case 'link-used':
      return content('This link has been used', 'A link works once. Ask the organiser for another one.', orSignIn);
    case 'link-expired':
      return content('This link has expired', 'Ask the organiser for another one.', orSignIn);
    case 'link-invalid':
      return content('This link is not valid', 'It may be incomplete. Open the whole address again.', orSignIn);
    case 'country':
      return content('Not available in your country', 'The organiser may not show this channel where you are.', []);
    case 'unavailable':
      return content('The service that lets viewers in does not answer', 'Trying again.', [TRY_AGAIN]);
    case 'rejected':
      return content('The stream does not accept your session', 'Its servers may be changing keys.', [TRY_AGAIN]);
    case 'sign-in-failed':
      return content('Signing in did not work', 'It was cancelled, or does not answer.', [SIGN_IN]);
  }
}

const content = (headline: string, detail: string, offers: readonly Offer[]): PanelContent => ({
  headline,
  detail,
  atRest: true,
  devices: [],
  offers,
});

/** Describes another device of the viewer. @param locale - undefined for the browser's language. */
export function deviceText({ device, since }: Device, locale?: string): string {
  const time = new Date(since * 1000).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  return `${device}, since ${time}`;
}
