import { readSigned, signed } from './token';

/** Id of the key of links in their heads. */
const KID = 'link';

/** The claims of a link. Times are in seconds since 1970. */
export interface Link {
  /** Id of the link. */
  readonly jti: string;
  /** Names of the channels that it opens. */
  readonly ch: readonly string[];
  readonly exp: number;
  /** True for a link that opens one session only. */
  readonly once: boolean;
  /** The platform's own id of the viewer. Sessions of one viewer are counted. Left out: every use is another viewer. */
  readonly viewer?: string;
}

/** Writes a link, to be put into the fragment of the player's address. */
export function writeLink({ once, ...link }: Link, secret: Buffer): string {
  return signed(once ? { ...link, once } : link, { kid: KID, secret });
}

/** Reads a link. @returns undefined for one that is not signed with the secret, or lacks a claim. */
export function readLink(text: string, secret: Buffer): Link | undefined {
  const claims = readSigned(text, [{ kid: KID, secret }]);
  const { jti, ch, exp, once, viewer } = claims ?? {};
  if (typeof jti !== 'string' || jti === '' || jti.length > 128 || typeof exp !== 'number') return undefined;
  if (!Array.isArray(ch) || !ch.every((name) => typeof name === 'string')) return undefined;
  // Anything but false counts: another language may write 1 for true.
  const link: Link = { jti, ch, exp, once: once !== undefined && once !== false };
  return typeof viewer === 'string' && viewer !== '' ? { ...link, viewer: viewer.slice(0, 128) } : link;
}

/** Reads the key of links from their secret in Secrets Manager: the member `key`, as its text. */
export function linkSecretOf(text: string): Buffer {
  const { key } = JSON.parse(text) as { readonly key?: unknown };
  if (typeof key !== 'string' || key === '') throw new Error('The secret of links holds no key');
  return Buffer.from(key);
}
