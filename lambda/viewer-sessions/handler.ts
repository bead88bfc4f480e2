import { answer, type UrlAnswer, type UrlEvent } from '../shared/function-url';
import { signingKey } from '../shared/viewers/key-ring';
import { signed } from '../shared/viewers/token';
import { looksShared, type Session, seenAgain, withSession } from '../shared/viewers/viewer';
import { changed } from '../shared/viewers/viewer-book';
import { entitled, requireGroup, sameViewer } from './identity';
import { openSession, sessionOf } from './open-session';
import { isNative, takePlace } from './place';
import { Refusal } from './refusal';
import { type Asked, readAsked } from './request';
import { type Sighting, sighting } from './sighting';
import type { SessionSurroundings } from './surroundings';

/** Part of a token's life after which it should be renewed. */
const RENEW_AFTER = 2 / 3;

/**
 * Answers a player's request for a session.
 *
 * A store or a service that does not answer is a refusal: nobody is let in unseen.
 */
export async function session(event: UrlEvent, around: SessionSurroundings): Promise<UrlAnswer> {
  const asked = readAsked(event);
  try {
    if (asked === undefined) throw new Refusal('no-such-path', 'POST /api/session?channel=… begins a session.');
    const seen = sighting(event.headers);
    requireCountry(seen, around);
    if (asked.act === 'begin') return answer(200, await begin(asked, { event, seen, around }));
    if (asked.act === 'renew') return answer(200, await renew(asked.sid, { event, seen, around }));
    await end(asked.sid, { event, seen, around });
    return answer(204, {});
  } catch (error) {
    if (error instanceof Refusal) {
      const { status, error: name, message, devices } = error;
      return answer(status, devices === undefined ? { error: name, message } : { error: name, message, devices });
    }
    console.error(error);
    return answer(503, { error: 'unavailable', message: 'The service that lets viewers in does not answer.' });
  }
}

/** A request with its surroundings. */
interface Request {
  readonly event: UrlEvent;
  readonly seen: Sighting;
  readonly around: SessionSurroundings;
}

async function begin(
  { channel, takeOver, native }: Extract<Asked, { act: 'begin' }>,
  { event, seen, around }: Request,
): Promise<object> {
  const { rules } = around;
  const proofs = { token: event.headers['x-viewer-token'], link: event.headers['x-viewer-link'] };
  const viewer = await entitled(channel, proofs, around);
  const now = around.now();
  const plain: Session = {
    sid: around.randomId(),
    channel,
    device: seen.device,
    since: now,
    seen: now,
    until: now + rules.sessionHours * 3600,
    silence: native ? rules.sessionHours * 3600 : Math.ceil(2 * RENEW_AFTER * rules.tokenMinutes * 60),
    signedIn: viewer.signedIn,
    seenFrom: seen.seenFrom,
    reported: false,
  };
  const { groups = [] } = viewer;
  const asked = groups.length > 0 ? { ...plain, groups } : plain;
  await takePlace(asked, { viewer, takeOver: takeOver && rules.whenFull === 'ask' }, around);
  const seconds = native ? asked.until - now : rules.tokenMinutes * 60;
  return issued({ session: asked, viewer: viewer.id, seconds }, around);
}

async function renew(sid: string, { event, seen, around }: Request): Promise<object> {
  const open = await openSession(sid, event.headers['x-viewer-session'], around);
  const { rules, book } = around;
  const now = around.now();
  const { groups } = rules.channels[open.channel] ?? {};
  const before = sessionOf(await book.read(open.viewer), open, now);
  if (before.signedIn) requireGroup(await sameViewer(event.headers['x-viewer-token'], open.viewer, around), groups);
  const after = await changed(book, open.viewer, (viewer) => {
    const last = sessionOf({ viewer, version: 0 }, open, now);
    const next = { ...last, seen: now, seenFrom: seenAgain(last.seenFrom, seen.seenFrom) };
    const result = { ...next, reported: last.reported || looksShared(next.seenFrom) };
    return {
      viewer: withSession(viewer, sid, result),
      expires: last.until,
      result: { session: result, name: viewer.name, wasReported: last.reported },
    };
  });
  if (after.session.reported && !after.wasReported) await report(after.name, after.session, around);
  const seconds = Math.min(rules.tokenMinutes * 60, after.session.until - now);
  return issued({ session: after.session, viewer: open.viewer, seconds }, around);
}

/** Ends a session. A native player's token would open the media for hours after that, so the edge is told as well. */
async function end(sid: string, { event, around }: Request): Promise<void> {
  const open = await openSession(sid, event.headers['x-viewer-session'], around);
  const now = around.now();
  const expires = now + around.rules.sessionHours * 3600;
  const session = (await around.book.read(open.viewer)).viewer.sessions.find((each) => each.sid === sid);
  if (session !== undefined && isNative(session, around)) await around.revoke([sid], session.until);
  await changed(around.book, open.viewer, (viewer) => ({
    viewer: withSession(viewer, sid, undefined),
    expires,
    result: undefined,
  }));
}

async function issued(
  {
    session: { sid, channel },
    viewer,
    seconds,
  }: { readonly session: Session; readonly viewer: string; readonly seconds: number },
  around: SessionSurroundings,
): Promise<object> {
  const iat = around.now();
  const exp = iat + seconds;
  const token = signed({ sid, v: viewer, ch: [channel], iat, exp }, signingKey(await around.keys(), iat));
  return { sid, base: `/s/${token}`, expiresAt: exp, renewAfterSeconds: Math.floor(seconds * RENEW_AFTER) };
}

function requireCountry({ country }: Sighting, { rules }: SessionSurroundings): void {
  if (rules.countries === undefined || rules.countries.includes(country)) return;
  throw new Refusal('country', 'The channel is not available in your country.');
}

/** Tells the operator of a session that looks like many viewers. A notice that fails is not worth a viewer's picture. */
async function report(name: string, { sid, channel, seenFrom }: Session, around: SessionSurroundings): Promise<void> {
  const { countries, networks, agents } = seenFrom;
  const text = [
    `The session ${sid} of ${name} on channel ${channel} looks like many viewers.`,
    `It was renewed from ${countries.length} countries (${countries.join(', ')}), ${networks.length} networks and by ${agents.length} kinds of devices (${agents.join(', ')}).`,
    'A viewer who travels or changes between networks may look like this as well.',
    `To end the session: npm run live -- revoke ${sid}`,
  ].join('\n');
  await around.notify(`Live streaming: a session of ${channel} looks shared`, text).catch((error: unknown) => {
    console.warn(`The notice was not sent: ${error}`);
  });
}
