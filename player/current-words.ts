import type { Attendants } from './attendants';
import type { Choice } from './choice';
import type { SupervisorState } from './supervisor';
import type { Words } from './words';

/** Words until the attendants are loaded. */
const EARLY_WORDS: Words = { headline: 'Connecting…', detail: '' };

/** The words about a stream at this moment. */
export function currentWords(
  { readyState, videoWidth }: HTMLVideoElement,
  choice: Choice | undefined,
  { status, cause }: SupervisorState,
  attendants: Attendants | undefined,
): Words {
  if (status === 'ended' && choice?.past?.recorded) return choice.past.ended;
  const audioOnly = readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && videoWidth === 0;
  const circumstances = { running: choice?.channel?.running, online: navigator.onLine, audioOnly };
  return attendants?.wordsFor(status, cause, circumstances) ?? EARLY_WORDS;
}
