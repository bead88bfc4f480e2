import { SETTINGS } from '../shared/viewers/edge-store';
import { gateSettings, type KeyRing, readKeyRing, withNewKey } from '../shared/viewers/key-ring';
import type { KeySurroundings } from './surroundings';

/** Makes the first key if there is none yet, and hands the keys to the edge. */
export async function provideKeys(around: KeySurroundings): Promise<KeyRing> {
  const known = readKeyRing(await around.secret.read());
  const ring = known ?? withNewKey({ keys: [] }, around.newSecret(), timesOf(around));
  if (known === undefined) await around.secret.write(JSON.stringify(ring));
  await publish(around);
  return ring;
}

/**
 * Adds a key. The edge gets it before any token is signed with it, and knows the old keys for as long as there are tokens
 * of them, so no viewer notices.
 */
export async function rotateKeys(around: KeySurroundings): Promise<KeyRing> {
  const ring = await provideKeys(around);
  const next = withNewKey(ring, around.newSecret(), timesOf(around));
  // First the edge: a key that only the edge knows does no harm.
  await publish(around, next);
  await around.secret.write(JSON.stringify(next));
  // Another task that ran meanwhile may have handed the edge the keys of before.
  await publish(around);
  return next;
}

/** Makes every token void that was issued before now. @returns the time, in seconds since 1970. */
export async function voidAll(around: KeySurroundings): Promise<number> {
  // One second on: a token that was issued in this second is void as well.
  const voidBefore = secondsOf(around) + 1;
  // First the book: a session that is renewed meanwhile must not outlive the revocation.
  await around.book.setVoidBefore(voidBefore);
  await provideKeys(around);
  return voidBefore;
}

/**
 * Hands the edge the keys of the secret, and the time before which all tokens are void, which is in the book. Each is
 * written in one place only, so that two tasks at the same time do not undo one another.
 *
 * @param next - the keys, where they are not in the secret yet.
 */
async function publish({ secret, book, edge }: KeySurroundings, next?: KeyRing): Promise<void> {
  await edge.update(async () => {
    const ring = next ?? readKeyRing(await secret.read());
    if (ring === undefined) throw new Error('The secret of the stack holds no key for tokens');
    return { [SETTINGS]: gateSettings(ring, await book.voidBefore()) };
  });
}

/** Returns the time in seconds since 1970. */
export function secondsOf({ clock }: KeySurroundings): number {
  return Math.floor(clock.now() / 1000);
}

function timesOf(around: KeySurroundings) {
  return { now: secondsOf(around), sessionSeconds: around.sessionHours * 3600 };
}
