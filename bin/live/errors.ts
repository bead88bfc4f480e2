import { EXIT, type ExitCode, LiveFailure } from './failure';

/** The subject of a call, for the sentence that says why it failed. */
export interface CallPlace {
  readonly stack: string;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

interface Rule {
  readonly matches: RegExp;
  readonly of: 'name' | 'message' | 'code';
  readonly exitCode: ExitCode;
  readonly passing?: boolean;
  readonly words: (place: CallPlace, message: string) => string;
}

/**
 * The rules for errors; the first that matches says what to do. Names are those of the services and of the SDK's
 * credential chain, which reports an expired session only in its message.
 */
const RULES: readonly Rule[] = [
  {
    of: 'message',
    matches: /^Stack (with id|\[)?.*does not exist/i,
    exitCode: EXIT.notFound,
    words: ({ stack, region, endpoint }) =>
      `There is no stack "${stack}" ${endpoint === undefined ? `in ${region ?? 'the Region of your AWS settings'}` : `in the local run at ${endpoint}`}; name another with --stack${endpoint === undefined ? ' or --region' : ''}.`,
  },
  {
    of: 'code',
    matches: /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/,
    exitCode: EXIT.notReached,
    passing: true,
    words: ({ endpoint, region }) =>
      endpoint === undefined
        ? `AWS does not answer in ${region ?? 'the Region of your AWS settings'}; check the network, and that the Region exists and has MediaLive.`
        : `No local run answers at ${endpoint}; npm start or npm run local starts one.`,
  },
  {
    of: 'message',
    matches: /region is missing/i,
    exitCode: EXIT.wrongUse,
    words: () => 'No Region is configured; pass --region or set AWS_REGION.',
  },
  {
    of: 'name',
    matches: /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded)$/,
    exitCode: EXIT.notReached,
    passing: true,
    words: () => 'AWS throttles the calls of this account; wait a minute and try again.',
  },
  {
    of: 'message',
    matches: /signature (expired|not yet current)|clock|too skewed/i,
    exitCode: EXIT.notAllowed,
    words: () => "AWS rejected the request because this machine's clock is wrong; correct it and try again.",
  },
  {
    of: 'name',
    matches: /^RequestTimeTooSkewed$/,
    exitCode: EXIT.notAllowed,
    words: () => "AWS rejected the request because this machine's clock is wrong; correct it and try again.",
  },
  {
    of: 'name',
    matches: /^(ExpiredToken(Exception)?|RequestExpired|TokenProviderError)$/,
    exitCode: EXIT.notAllowed,
    words: expired,
  },
  {
    of: 'message',
    matches: /(token|session|credentials?)\b.*\b(has |is |have |are )?expired|sso login/i,
    exitCode: EXIT.notAllowed,
    words: expired,
  },
  {
    of: 'message',
    matches: /(could not resolve credentials using )?profile:? .*(could not be found|configuration)/i,
    exitCode: EXIT.notAllowed,
    words: (_, message) =>
      `The AWS profile gives no credentials (${message.replace(/\.$/, '')}); set AWS_PROFILE to one that "aws configure list-profiles" shows.`,
  },
  {
    of: 'name',
    matches: /^CredentialsProviderError$/,
    exitCode: EXIT.notAllowed,
    words: () =>
      'There are no AWS credentials; sign in (aws sso login), set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. For a local run add --local.',
  },
  {
    of: 'name',
    matches:
      /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|AuthFailure)$/,
    exitCode: EXIT.notAllowed,
    words: ({ endpoint }) =>
      endpoint === undefined
        ? 'AWS does not know these credentials; sign in again, and check AWS_PROFILE and AWS_ACCESS_KEY_ID. For a local run add --local.'
        : `The local run at ${endpoint} does not know these credentials; run this as the user who started it, or paste the environment that it printed.`,
  },
  {
    of: 'name',
    matches: /^(AccessDenied(Exception)?|ForbiddenException|UnauthorizedOperation|NotAuthorized)$/,
    exitCode: EXIT.notAllowed,
    words: (_, message) =>
      `AWS denied the call: ${sentence(message)} Ask for that permission, or choose another AWS_PROFILE; docs/operate.md lists the permissions of this command.`,
  },
  {
    of: 'name',
    matches:
      /^(InternalServerErrorException|InternalFailure|BadGatewayException|GatewayTimeoutException|ServiceUnavailable(Exception)?|TimeoutError)$/,
    exitCode: EXIT.notReached,
    passing: true,
    words: (_, message) => `The service failed: ${sentence(message)} Try again in a moment.`,
  },
];

/** Turns anything that was thrown into a failure with a sentence. */
export function failureOf(error: unknown, place: CallPlace): LiveFailure {
  if (error instanceof LiveFailure) return error;
  const { name, message, code } = read(error);
  const texts = { name, message, code };
  const rule = RULES.find(({ of, matches }) => matches.test(texts[of]));
  if (rule !== undefined) return new LiveFailure(rule.words(place, message), rule.exitCode, rule.passing ?? false);
  return new LiveFailure(`The service refused the call (${name}): ${sentence(message)}`, EXIT.notReached);
}

/** Tells whether a call failed because of the channel's state. The next look shows that state. */
export function isConflict(error: unknown): boolean {
  return read(error).name === 'ConflictException';
}

function expired(): string {
  return 'The AWS credentials have expired; sign in again (aws sso login, with your AWS_PROFILE) and repeat the command.';
}

function sentence(text: string): string {
  return `${text.trim().replace(/\.$/, '')}.`;
}

/** Reads name, message and system code of an error. The code may be that of its cause, or of the first of several. */
function read(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '' };
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const code = own !== '' || inner === undefined ? own : read(inner).code;
  // If the SDK wraps a system error, only the message still has its code.
  const [, told = ''] = /\bconnect (E[A-Z]+)\b/.exec(error.message) ?? [];
  return { name: error.name, message: error.message || code || error.name, code: code || told };
}
