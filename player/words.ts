import type { Cause, Status } from './status';

/** Words over the video: a headline, and a line beneath it. Both are empty while the video speaks for itself. */
export interface Words {
  readonly headline: string;
  readonly detail: string;
  /** True when nothing is on its way; the page then shows no spinner. */
  readonly atRest?: true;
}

/** Circumstances that the words depend on besides the supervisor's state. */
export interface Circumstances {
  /** The channel's desired state in the description; undefined for a manifest that is not a channel of this stack. */
  readonly running: boolean | undefined;
  /** False when the browser believes that it has no network. */
  readonly online: boolean;
  /** True when audio plays without video. @default false */
  readonly audioOnly?: boolean;
}

const SILENCE: Words = { headline: '', detail: '' };
const OFFLINE: Words = { headline: 'You are offline', detail: 'Playback resumes when the network is back.' };

/** The words for every state of the player. */
export function wordsFor(status: Status, cause: Cause | undefined, circumstances: Circumstances): Words {
  const { online, audioOnly = false } = circumstances;
  switch (status) {
    case 'playing':
      return audioOnly ? { headline: 'Audio only', detail: 'This channel has no video.', atRest: true } : SILENCE;
    case 'buffering':
    case 'paused':
    case 'blocked':
      return SILENCE;
    case 'loading':
      return { headline: 'Connecting…', detail: '' };
    case 'waiting':
      return waitingWords(cause, circumstances);
    case 'stale':
      return online ? { headline: 'The stream has stopped', detail: 'Waiting for it to come back.' } : OFFLINE;
    case 'ended':
      return {
        headline: 'The stream has ended',
        detail: 'If it comes back, playback starts automatically.',
        atRest: true,
      };
    case 'error':
      return online ? errorWords(cause, circumstances) : OFFLINE;
  }
}

function waitingWords(cause: Cause | undefined, { running }: Circumstances): Words {
  if (running === undefined) {
    return { headline: 'There is no stream at this address', detail: `${reason(cause)} Still trying.` };
  }
  if (running) {
    return {
      headline: 'Waiting for the encoder…',
      detail: 'The channel has no stream yet. Playback starts automatically.',
    };
  }
  return {
    headline: 'The channel is idle',
    detail: 'Playback starts automatically once the channel is running.',
    atRest: true,
  };
}

function errorWords(cause: Cause | undefined, { running }: Circumstances): Words {
  if (cause?.kind !== 'unreachable') {
    return { headline: 'The stream cannot be played', detail: `${reason(cause)} Trying again.` };
  }
  if (running !== undefined) {
    return { headline: 'The stream cannot be reached', detail: 'The server does not answer. Trying again.' };
  }
  return {
    headline: 'This address cannot be read',
    detail: 'The server does not answer, or does not allow other sites to read it (CORS). Still trying.',
  };
}

const OBSTACLES: Readonly<Record<Extract<Cause, { kind: 'unplayable' }>['why'], string>> = {
  codecs: 'This browser has no decoder for the codecs of this stream.',
  'no-playlist': 'This address does not serve an HLS playlist.',
  'no-mpd': 'This address does not serve an MPD that can be played.',
  browser: 'The browser cannot play it.',
};

function reason(cause: Cause | undefined): string {
  switch (cause?.kind) {
    case 'http':
      return `The server answered ${cause.status}.`;
    case 'empty':
      return 'The manifest has no media yet.';
    case 'unplayable':
      return OBSTACLES[cause.why];
    case 'oversized':
      return cause.detail;
    case 'engine':
      return `The player gave up (${cause.code}).`;
    case 'media':
      return `The browser could not decode it${cause.code === undefined ? '' : ` (${cause.code})`}.`;
    default:
      return '';
  }
}
