import type { ApiResponse } from '../contract';

/** Services that answer in XML whatever they are asked in. */
const XML_SERVICES = ['s3', 'cloudfront', 'route53'];

/** Who was asked, as far as it decides the form of an error. */
export interface Asked {
  /** Signing name; undefined when nobody knows which service was meant. */
  readonly service: string | undefined;
  /** Of the request: services of the query protocol are recognised by it. */
  readonly contentType?: string | undefined;
}

/**
 * An error in the wire format of the service that was asked, so that an AWS SDK reads code and message from it.
 *
 * @see https://smithy.io/2.0/aws/protocols/index.html
 */
export function apiError(
  { service, contentType = '' }: Asked,
  status: number,
  code: string,
  message: string,
): ApiResponse {
  const query = contentType.startsWith('application/x-www-form-urlencoded');
  if (!query && !XML_SERVICES.includes(service ?? '')) {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message }),
    };
  }
  const fields = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  const type = `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`;
  const body =
    service === 's3' ? `<Error>${fields}</Error>` : `<ErrorResponse><Error>${type}${fields}</Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0"?>${body}` };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
