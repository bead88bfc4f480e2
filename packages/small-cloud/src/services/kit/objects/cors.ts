import { AwsError } from '../aws-error';
import type { PropertyReader } from '../property-reader';

/** Pages that may read a bucket, and how. */
export interface CorsRule {
  /** `*`, or origins with at most one wildcard each. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds: number | undefined;
}

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the rule of a bucket, or of a MediaStore container, whose names for two of the members are other ones.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-corsrule.html
 */
export function corsRule(declared: PropertyReader): CorsRule {
  declared.withoutEffect('Id');
  return {
    origins: declared.texts('AllowedOrigins'),
    methods: declared.texts('AllowedMethods'),
    headers: declared.texts('AllowedHeaders'),
    exposed: [...declared.texts('ExposedHeaders'), ...declared.texts('ExposeHeaders')],
    maxAgeSeconds: declared.maybeNumber('MaxAge') ?? declared.maybeNumber('MaxAgeSeconds'),
  };
}

/**
 * The headers that answer a preflight.
 *
 * @throws AwsError 400 for a request that is no preflight, 403 where no rule allows what it asks for.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
export function preflightHeaders(rules: readonly CorsRule[], request: RequestHeaders): Record<string, string> {
  const [origin, method] = [text(request['origin']), text(request['access-control-request-method'])];
  if (origin === undefined) throw insufficient('Origin request header needed.');
  if (method === undefined) throw insufficient('Access-Control-Request-Method request header needed.');
  if (rules.length === 0) {
    throw new AwsError('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', 403);
  }
  const asked = (text(request['access-control-request-headers']) ?? '').split(',').map((name) => name.trim());
  const headers = asked.filter((name) => name !== '').map((name) => name.toLowerCase());
  const rule = ruleFor(rules, origin, method, headers);
  if (rule === undefined) {
    throw new AwsError(
      'AccessForbidden',
      'CORSResponse: This CORS request is not allowed: no rule of the bucket has its Origin, method and headers.',
      403,
    );
  }
  const answer = answerTo(rule, origin);
  if (headers.length > 0) answer['access-control-allow-headers'] = headers.join(', ');
  return answer;
}

/** The headers that a rule adds to an answer for a page; none where no rule has its origin. */
export function corsHeaders(
  rules: readonly CorsRule[],
  method: string,
  request: RequestHeaders,
): Record<string, string> {
  const origin = text(request['origin']);
  const rule = origin === undefined ? undefined : ruleFor(rules, origin, method, []);
  return origin === undefined || rule === undefined ? {} : answerTo(rule, origin);
}

function ruleFor(rules: readonly CorsRule[], origin: string, method: string, headers: readonly string[]) {
  return rules.find(
    (rule) =>
      rule.methods.includes(method) &&
      rule.origins.some((pattern) => fits(pattern, origin)) &&
      headers.every((name) => rule.headers.some((pattern) => fits(pattern.toLowerCase(), name))),
  );
}

function answerTo({ origins, methods, exposed, maxAgeSeconds }: CorsRule, origin: string): Record<string, string> {
  const anyone = origins.includes('*');
  const headers: Record<string, string> = {
    'access-control-allow-origin': anyone ? '*' : origin,
    'access-control-allow-methods': methods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
  if (!anyone) headers['access-control-allow-credentials'] = 'true';
  if (exposed.length > 0) headers['access-control-expose-headers'] = exposed.join(', ');
  if (maxAgeSeconds !== undefined) headers['access-control-max-age'] = String(maxAgeSeconds);
  return headers;
}

/** Tells whether a text fits a pattern with at most one `*`. */
function fits(pattern: string, value: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return value === pattern;
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

function insufficient(what: string): AwsError {
  return new AwsError('BadRequest', `Insufficient information. ${what}`);
}

function text(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
