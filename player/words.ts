import type { Cause, Status } from './supervisor';

/** What the page says about the stream: a headline, and a line beneath it. Both empty when the picture speaks. */
export interface Words {
  readonly headline: string;
  readonly detail: string;
  /** Nothing is on its way: the page says so without a sign of hurry. */
  readonly atRest?: true;
}

/** What the words depend on besides the supervisor's state. */
export interface Circumstances {
  /** Whether the description wants the channel to run; undefined for a manifest that is no channel of this stack. */
  readonly running: boolean | undefined;
  /** Whether the browser believes that it has a network. */
  readonly online: boolean;
  /** Whether what plays has sound alone. @default false */
  readonly soundOnly?: boolean;
}

/** The sentence for every state of the player. */
export function wordsFor(
  status: Status,
  cause: Cause | undefined,
  { running, online, soundOnly = false }: Circumstances,
): Words {
  switch (status) {
    case 'playing':
      return soundOnly
        ? { headline: 'Sound only', detail: 'This channel has no picture.', atRest: true }
        : { headline: '', detail: '' };
    case 'buffering':
    case 'paused':
    case 'blocked':
      return { headline: '', detail: '' };
    case 'loading':
      return { headline: 'Connecting…', detail: '' };
    case 'waiting':
      if (running === false) {
        return {
          headline: 'The channel is idle',
          detail: 'Playback begins by itself once the channel is started.',
          atRest: true,
        };
      }
      return running === undefined
        ? { headline: 'There is no stream at this address', detail: `${reason(cause)} Still looking.` }
        : { headline: 'Waiting for the encoder…', detail: 'The channel has no stream yet. Playback begins by itself.' };
    case 'stale':
      return online
        ? { headline: 'The stream has stopped', detail: 'Waiting for it to come back.' }
        : { headline: 'You are offline', detail: 'Playback goes on once the network is back.' };
    case 'ended':
      return { headline: 'The stream has ended', detail: 'If it comes back, playback begins by itself.', atRest: true };
    case 'error':
      if (!online) return { headline: 'You are offline', detail: 'Playback goes on once the network is back.' };
      if (cause?.kind === 'unreachable') {
        return running === undefined
          ? {
              headline: 'This address cannot be read',
              detail: 'There is no answer, or its server does not let other sites read it (CORS). Still trying.',
            }
          : { headline: 'The stream cannot be reached', detail: 'No answer from the server. Trying again.' };
      }
      return { headline: 'The stream cannot be played', detail: `${reason(cause)} Trying again.` };
  }
}

/** The word for assistive technology when the picture speaks for itself to everybody else. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  loading: 'Connecting',
  waiting: 'Waiting',
  playing: 'Playing',
  paused: 'Paused',
  blocked: 'Ready to play',
  buffering: 'Buffering',
  stale: 'Stopped',
  ended: 'Ended',
  error: 'Trouble',
};

function reason(cause: Cause | undefined): string {
  switch (cause?.kind) {
    case 'http':
      return `The server answered ${cause.status}.`;
    case 'empty':
      return 'The manifest holds no media yet.';
    case 'unplayable':
    case 'media':
      return cause.detail;
    default:
      return '';
  }
}
