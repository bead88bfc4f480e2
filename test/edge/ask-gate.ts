import { signed, type TokenKey, type ViewerClaims } from '../../lambda/shared/viewers/token';
import { type GateAnswer, type GateRequest, type GateWorld, runGate } from './run-gate';

/** Time of these tests, in seconds since 1970. */
export const NOW = 1_800_000_000;
const KEYS: readonly TokenKey[] = ['k1', 'k2'].map((kid, index) => ({ kid, secret: Buffer.alloc(32, index + 1) }));
/** The keys of the store. */
export const [K1, K2] = KEYS as [TokenKey, TokenKey];
/** Writes the settings in the store. */
export const CFG = (voidBefore = 0) =>
  JSON.stringify({
    keys: Object.fromEntries(KEYS.map(({ kid, secret }) => [kid, secret.toString('base64url')])),
    voidBefore,
  });
const WORLD: GateWorld = {
  folders: [
    { path: '/out/v1/live/main/', channel: 'main', isPublic: false },
    { path: '/out/v1/live/main2/', channel: 'main2', isPublic: false },
    { path: '/out/v1/live/free/', channel: 'free', isPublic: true },
  ],
  countries: [],
  entries: { cfg: CFG() },
  now: NOW,
};
/** Session of the tokens. */
export const SID = 'abcdefghijklmnop';
/** Path of a private channel. */
export const MAIN = '/out/v1/live/main/index.m3u8';

/** Makes the claims of a good token, with some of them replaced. */
export const claims = (overrides: object = {}): ViewerClaims => ({
  sid: SID,
  v: 'viewer-viewer-id',
  ch: ['main'],
  iat: NOW - 60,
  exp: NOW + 540,
  ...overrides,
});
/** Signs a token. */
export const token = (overrides: object = {}, key = K1) => signed(claims(overrides), key);
/** Encodes a part of a token. */
export const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Asks the gate for a path, and reads what it does. */
export async function ask(uri: string, world: Partial<GateWorld> = {}, rest: Partial<GateRequest> = {}) {
  const { result, reads, logged } = await runGate({ method: 'GET', uri, headers: {}, ...rest }, { ...WORLD, ...world });
  if ('uri' in result) return { uri: result.uri, reads, logged };
  const { statusCode, headers, body } = result as GateAnswer;
  const { error } = JSON.parse(body.data) as { readonly error: string };
  return { status: statusCode, error, headers, reads, logged };
}

/** Asks the gate for the private channel with a token. */
export const watch = (text: string, world: Partial<GateWorld> = {}, rest: Partial<GateRequest> = {}) =>
  ask(`/s/${text}${MAIN}`, world, rest);
