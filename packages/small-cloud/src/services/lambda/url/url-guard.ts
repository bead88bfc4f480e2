import { createHash } from 'node:crypto';
import { type AccessRequest, ORIGIN_ACCESS } from '../../../contract';
import { refusal, type UrlAnswer } from './url-answer';
import type { UrlRequest } from './url-event';

/** A caller of a function URL: a service that acts on behalf of a resource, or anyone. */
interface Caller {
  readonly principal: string;
  readonly sourceArn: string | undefined;
}

/** A refused request, with a sentence for the log of the run. */
export interface Refused {
  readonly answer: UrlAnswer;
  readonly why: string;
}

/** Tells whether the policy of a function allows a request of a principal. */
export type PolicyJudge = (principal: string, request: AccessRequest) => boolean;

/** The name of a caller that does not say who it is. No statement but one for everyone (`*`) fits it. */
const ANYONE = 'anonymous';

const WITH_BODY = ['POST', 'PUT', 'PATCH'];

/**
 * Judges a request as Lambda does. With AWS_IAM the caller has to sign: the edge proves itself by the
 * {@link ORIGIN_ACCESS} headers, and its client has to send the SHA-256 of the body, because Lambda takes no unsigned
 * payload. Then the policy of the function has to allow both `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`.
 *
 * @returns undefined when the request is let in.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function refusedByUrl(request: UrlRequest, allows: PolicyJudge): Refused | undefined {
  const { url } = request;
  const caller = callerOf(request);
  if (url.authType === 'AWS_IAM') {
    if (caller.principal === ANYONE) return forbidden('it is not signed by an origin access control');
    const wrong = wrongHash(request);
    if (wrong !== undefined) return mismatch(wrong);
  }
  const context: Record<string, string> = {
    'lambda:FunctionUrlAuthType': url.authType,
    'lambda:InvokedViaFunctionUrl': 'true',
  };
  if (caller.sourceArn !== undefined) context['AWS:SourceArn'] = caller.sourceArn;
  const missing = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].find(
    (action) => !allows(caller.principal, { action, resource: url.functionArn, context }),
  );
  if (missing === undefined) return undefined;
  return forbidden(`no AWS::Lambda::Permission allows ${missing} to ${named(caller)}`);
}

function callerOf({ headers }: UrlRequest): Caller {
  const principal = headers[ORIGIN_ACCESS.principal];
  const source = headers[ORIGIN_ACCESS.source];
  if (typeof principal !== 'string' || typeof source !== 'string') return { principal: ANYONE, sourceArn: undefined };
  return { principal, sourceArn: source };
}

function named({ principal, sourceArn }: Caller): string {
  return principal === ANYONE ? 'everyone' : `${principal} for ${sourceArn}`;
}

/** Names the fault of the body's hash; undefined when it is right. */
function wrongHash({ method, headers, body }: UrlRequest): string | undefined {
  const given = headers['x-amz-content-sha256'];
  if (given === undefined) {
    return body.length > 0 || WITH_BODY.includes(method)
      ? 'the client of the edge has to send the SHA-256 of the body as x-amz-content-sha256'
      : undefined;
  }
  const actual = createHash('sha256').update(body).digest('hex');
  return given === actual ? undefined : `x-amz-content-sha256 is ${given}, and the SHA-256 of the body is ${actual}`;
}

function forbidden(why: string): Refused {
  const Message =
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  return { answer: refusal(403, 'AccessDeniedException', { Message }), why };
}

function mismatch(why: string): Refused {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  return { answer: refusal(403, 'InvalidSignatureException', { message }), why };
}
