import type { Arrival } from '../arrival';
import { moderatorCode } from '../chat/moderator';
import type { Playback } from '../playback';
import type { Reader } from '../reader';
import { Admission } from './admission';
import { LinkMemory } from './link-memory';
import { SessionService } from './session-service';
import { SignIn } from './sign-in';
import { readSignIn } from './sign-in-config';

/** Parts of the page that the admission works with. */
export interface AdmissionPage {
  /** The member `access` of `config.json`. */
  readonly access: unknown;
  readonly arrival: Arrival;
  readonly playback: Playback;
  /** A reader without problems. The page has its code already, and a second copy would be another request. */
  readonly reader: Reader;
}

/**
 * Makes the admission for the private channels of a page.
 *
 * @throws Error with all problems of the member `access`.
 */
export function admissionFor({ access, arrival, playback, reader }: AdmissionPage): Admission {
  const { link, answer } = arrival;
  const { signIn, problems } = readSignIn(reader, access, location.href);
  if (problems.length > 0) throw new Error(problems.join(' · '));
  // No address of this page goes to another site from now on.
  document.head.append(Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' }));
  const now = (): number => Date.now() / 1000;
  const request = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);
  const page = { url: location.href, storage: sessionStorage, fetch: request, now };
  return new Admission({
    service: new SessionService(request, now),
    signIn: signIn && new SignIn(signIn, page),
    links: new LinkMemory(sessionStorage),
    playback,
    // A moderator's link opens no channel.
    link: moderatorCode(link) === undefined ? link : undefined,
    answer,
    now,
  });
}
