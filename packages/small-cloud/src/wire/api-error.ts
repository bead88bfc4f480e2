import type { ApiResponse } from '../contract';

/** Services that always answer in XML. */
const XML_SERVICES = ['s3', 'cloudfront', 'route53'];

/** The parts of a request that decide the form of an error. */
export interface Asked {
  /** Signing name; undefined when the service is unknown. */
  readonly service: string | undefined;
  /** Content type of the request, by which services of the query protocol are recognised. */
  readonly contentType?: string | undefined;
}

/**
 * Writes an error in the wire format of a service, from which an AWS SDK reads code and message.
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
