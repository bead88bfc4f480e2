import { isObject, type JsonObject, type Value } from '../contract';

/** The answer of a custom resource, after CloudFormation's checks. */
export type CustomResourceAnswer =
  | { readonly status: 'success'; readonly physicalId: string; readonly data: JsonObject }
  | { readonly status: 'failed'; readonly reason: string; readonly physicalId: string | undefined };

/** The fields of a request that its response must repeat. */
export interface RequestIdentity {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

const RESPONSE_LIMIT_BYTES = 4096;
const PHYSICAL_ID_LIMIT_BYTES = 1024;

/**
 * Reads the body of a custom resource's response. A body that CloudFormation would not accept is a failure, in its own
 * words where they are known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export function readResponse(body: Buffer, identity: RequestIdentity): CustomResourceAnswer {
  if (body.length > RESPONSE_LIMIT_BYTES) return failed('Response object is too long.');
  const response = parse(body.toString('utf8'));
  if (!isObject(response)) return failed('Invalid response object: it is not a JSON object');
  const { Status, Reason, PhysicalResourceId, Data = {}, NoEcho = false } = response;
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '') {
    return failed(`Invalid PhysicalResourceId${typeof Reason === 'string' ? ` (the response said: ${Reason})` : ''}`);
  }
  if (Buffer.byteLength(PhysicalResourceId) > PHYSICAL_ID_LIMIT_BYTES) {
    return failed(`Invalid PhysicalResourceId: longer than ${PHYSICAL_ID_LIMIT_BYTES} bytes`);
  }
  const refuse = (sentence: string) => failed(`Invalid response object: ${sentence}`, PhysicalResourceId);
  for (const [key, expected] of Object.entries(identity)) {
    if (response[key] !== expected) {
      return refuse(
        `${key} must be ${JSON.stringify(expected)} as in the request, not ${JSON.stringify(response[key])}`,
      );
    }
  }
  if (Status === 'FAILED') {
    if (typeof Reason !== 'string' || Reason === '') return refuse('a FAILED response needs a Reason');
    const sentence = `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${identity.RequestId})`;
    return failed(sentence, PhysicalResourceId);
  }
  if (Status !== 'SUCCESS') return refuse(`Status must be SUCCESS or FAILED, not ${JSON.stringify(Status)}`);
  if (typeof NoEcho !== 'boolean') return refuse(`NoEcho must be true or false, not ${JSON.stringify(NoEcho)}`);
  if (!isObject(Data)) return refuse('Data must be an object');
  return { status: 'success', physicalId: PhysicalResourceId, data: Data };
}

function failed(reason: string, physicalId?: string): CustomResourceAnswer {
  return { status: 'failed', reason, physicalId };
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
