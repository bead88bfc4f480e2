import { AwsError } from '../../kit/aws-error';

/** Hosts to which a browser may be sent back without TLS, with any port. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses an address to which Cognito would not send a browser back: it must be absolute, without a fragment, and HTTPS
 * unless it is on the viewer's own machine. Schemes of apps, such as `myapp://`, are allowed.
 *
 * @throws AwsError InvalidParameterException.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html
 */
export function refuseAddress(url: string): void {
  if (!URL.canParse(url) || url.length > 1024) throw refused(`${url} is not a valid URL`);
  const { protocol, hostname } = new URL(url);
  if (url.includes('#')) throw refused(`${url} cannot contain a fragment`);
  if (protocol === 'http:' && !LOOPBACK.has(hostname)) throw refused(`${url} cannot use the HTTP protocol.`);
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidParameterException', sentence);
}
