/*
 * The gate: a CloudFront Function in front of all media of a stack with viewer access. It lets through what belongs to a
 * public channel, and what comes with a valid token, whose place in the path it removes.
 *
 * It is written for the runtime cloudfront-js-2.0, which knows little of today's JavaScript: no destructuring, no
 * spreading, no optional chaining, no classes, no loops over iterators. The build removes types and the export.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
import cf from 'cloudfront';
// biome-ignore lint/style/useNodejsImportProtocol: the runtime knows the module by this name only.
import crypto from 'crypto';

/** A request as CloudFront hands it to the function. */
interface GateRequest {
  uri: string;
  readonly headers: Readonly<Record<string, { readonly value: string } | undefined>>;
}

/** Members of a token's head or claims, as somebody sent them. */
interface Partly {
  readonly alg?: unknown;
  readonly kid?: unknown;
  readonly sid?: unknown;
  readonly ch?: unknown;
  readonly iat?: unknown;
  readonly exp?: unknown;
}

/** The settings that `lib/access` adds to the code. */
declare const GATE: {
  /** Channels, each with the beginnings of its paths. The one without a name holds what everybody may read. */
  readonly channels: readonly {
    readonly channel: string;
    readonly isPublic: boolean;
    readonly paths: readonly string[];
  }[];
  /** Countries where private channels may be watched; empty for all. */
  readonly countries: readonly string[];
};

/** Seconds for which a token is still good after it has expired: a blocking reload may have waited so long. */
const GRACE = 30;
/** A path that is passed on: no encoded character, no empty, `.` or `..` segment, no backslash. */
const PLAIN_PATH = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~=,+:@-]+)+$/;
const WITH_TOKEN = /^\/s\/([A-Za-z0-9_-]{1,100})\.([A-Za-z0-9_-]{1,600})\.([A-Za-z0-9_-]{43})(\/.*)$/;

/** Session of the probe of the stack, which watches from the country of its Region. Only the stack signs tokens. */
const PROBE = 'probe';

const store = cf.kvs();

/** Answers a viewer's request, or passes it on. CloudFront calls it. */
export async function handler(event: { readonly request: GateRequest }) {
  const request = event.request;
  const parts = WITH_TOKEN.exec(request.uri);
  const path = parts === null ? request.uri : String(parts[4]);
  if (!PLAIN_PATH.test(path)) return refusal(400, 'path', 'The path is not one of this stream.');
  const owner = GATE.channels.find((each) => each.paths.some((one) => path.startsWith(one)));
  if (owner !== undefined && owner.isPublic === true) {
    if (parts === null) return request;
    return refusal(400, 'path', 'A public channel is watched without a token.');
  }
  if (parts === null || owner === undefined) {
    return refusal(401, 'sign-in', 'A session is needed to watch this channel.');
  }
  const problem = await problemOf(parts, owner.channel, request.headers['cloudfront-viewer-country']);
  if (problem !== undefined) return problem;
  request.uri = path;
  return request;
}

/** Checks a token. The store is read for every request: a revocation holds as soon as it has arrived here. */
async function problemOf(parts: RegExpExecArray, channel: string, country: { readonly value: string } | undefined) {
  const notValid = refusal(401, 'sign-in', 'The token is not valid, or has expired.');
  const head = parsed(parts[1]);
  const claims = parsed(parts[2]);
  if (head.alg !== 'HS256' || !Array.isArray(claims.ch) || !claims.ch.includes(channel)) return notValid;
  if (typeof claims.sid !== 'string' || typeof claims.iat !== 'number' || typeof claims.exp !== 'number') {
    return notValid;
  }
  const now = Date.now() / 1000;
  if (claims.exp + GRACE < now || claims.iat > now + GRACE) return notValid;
  try {
    const settings = await store.get('cfg', { format: 'json' });
    const kid = String(head.kid);
    if (!Object.keys(settings.keys).includes(kid)) return notValid;
    const key = Buffer.from(String(settings.keys[kid]), 'base64url');
    const signature = crypto.createHmac('sha256', key).update(`${parts[1]}.${parts[2]}`).digest('base64url');
    if (!isSame(signature, String(parts[3]))) return notValid;
    if (claims.iat < settings.voidBefore || (await store.exists(`r.${claims.sid}`))) {
      return refusal(410, 'session-ended', 'Your session was ended.');
    }
  } catch (error) {
    console.log(`The key value store does not answer: ${error}`);
    return refusal(503, 'unavailable', 'The service that lets viewers in does not answer.');
  }
  if (GATE.countries.length === 0 || claims.sid === PROBE) return undefined;
  if (country === undefined || !GATE.countries.includes(country.value)) {
    return refusal(451, 'country', 'The channel is not available in your country.');
  }
  return undefined;
}

/** Reads a part of a token; an empty object for anything else. */
function parsed(part: string | undefined): Partly {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(part), 'base64url').toString());
    return Object(value) as Partly;
  } catch {
    return {};
  }
}

/** Compares in a time that does not tell how much is right. */
function isSame(one: string, other: string): boolean {
  let difference = one.length === other.length ? 0 : 1;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/** Makes an answer that pages of other origins can read, and that no cache keeps. */
function refusal(statusCode: number, error: string, message: string) {
  return {
    statusCode: statusCode,
    statusDescription: 'Refused',
    headers: {
      'access-control-allow-origin': { value: '*' },
      'cache-control': { value: 'no-store' },
      'content-type': { value: 'application/json' },
    },
    body: { encoding: 'text', data: JSON.stringify({ error: error, message: message }) },
  };
}
