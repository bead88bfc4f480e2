import { createHash } from 'node:crypto';
import { type Link, readLink } from '../shared/viewers/link';
import { Refusal } from './refusal';
import type { SessionSurroundings, SignedIn } from './surroundings';

/** Somebody who asks for a session, and is entitled to the channel. */
export interface Entitled {
  /** Opaque id of the viewer, which is part of tokens. */
  readonly id: string;
  readonly name: string;
  readonly signedIn: boolean;
  /** Groups of the sign-in. */
  readonly groups?: readonly string[];
  /** Uses up a one-time link. @throws Refusal when it has been used. */
  readonly useLink?: () => Promise<void>;
}

/** Proofs that come with a request, as header fields. */
export interface Proofs {
  readonly token: string | undefined;
  readonly link: string | undefined;
}

/**
 * Finds out who asks for a channel.
 *
 * @throws Refusal for somebody who may not watch it.
 */
export async function entitled(channel: string, proofs: Proofs, around: SessionSurroundings): Promise<Entitled> {
  const rules = around.rules.channels[channel];
  if (rules === undefined || !Object.keys(around.rules.channels).includes(channel)) {
    throw new Refusal('no-such-channel', 'This stack has no private channel of that name.');
  }
  if (proofs.link !== undefined) return byLink(channel, proofs.link, around);
  const viewer = await signedIn(proofs.token, around);
  requireGroup(viewer, rules.groups);
  return { id: opaqueId('s', viewer.subject), name: viewer.name, signedIn: true, groups: viewer.groups };
}

/** Checks that the viewer of a session is still signed in. @throws Refusal for anybody else. */
export async function sameViewer(
  token: string | undefined,
  id: string,
  around: SessionSurroundings,
): Promise<SignedIn> {
  const viewer = await signedIn(token, around);
  if (opaqueId('s', viewer.subject) !== id) throw new Refusal('sign-in', 'The session belongs to another viewer.');
  return viewer;
}

async function signedIn(token: string | undefined, around: SessionSurroundings): Promise<SignedIn> {
  const viewer = token === undefined ? undefined : await around.signedIn(token);
  if (viewer === undefined) throw new Refusal('sign-in', 'Sign in to watch this channel.');
  return viewer;
}

/** @throws Refusal for a viewer in none of the groups. */
export function requireGroup({ groups }: SignedIn, wanted: readonly string[] | undefined): void {
  if (wanted === undefined || wanted.some((group) => groups.includes(group))) return;
  throw new Refusal('not-entitled', 'Your account may not watch this channel.');
}

async function byLink(channel: string, text: string, around: SessionSurroundings): Promise<Entitled> {
  const secret = await around.linkSecret();
  const link = secret === undefined ? undefined : readLink(text, secret);
  if (link === undefined) throw new Refusal('sign-in', 'The link is not valid.');
  if (!link.ch.includes(channel)) throw new Refusal('not-entitled', 'The link is for another channel.');
  if (link.exp <= around.now()) throw new Refusal('link-expired', 'The link has expired.');
  const { jti, exp, once, viewer } = link;
  const id = opaqueId('l', viewer ?? around.randomId());
  const entitledByLink: Entitled = {
    id,
    name: viewer === undefined ? `link ${jti}` : `${viewer} (link)`,
    signedIn: false,
  };
  return once ? { ...entitledByLink, useLink: () => useLink({ jti, exp }, around) } : entitledByLink;
}

async function useLink({ jti, exp }: Pick<Link, 'jti' | 'exp'>, { book }: SessionSurroundings): Promise<void> {
  if (!(await book.useLink(jti, exp))) throw new Refusal('link-used', 'The link has been used.');
}

/** Makes an id from which a name cannot be told: URLs are logged. */
function opaqueId(kind: string, name: string): string {
  return createHash('sha256').update(`${kind}:${name}`).digest('base64url').slice(0, 16);
}
