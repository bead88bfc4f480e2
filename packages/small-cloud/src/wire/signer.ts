/** The claimed signer of a request, and the service it was signed for. */
export interface Signer {
  readonly accessKeyId: string;
  /** The SigV4 signing name: `medialive`, `s3`, `cloudfront`. */
  readonly service: string;
}

/** The parts of a request that carry a signature. */
export interface SignerParts {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
}

/** The elements of a signature, from the `Authorization` header or, pre-signed, from the query. */
export interface Proof extends Signer {
  readonly algorithm: Algorithm;
  /** `20261123/eu-west-1/s3/aws4_request`; without the Region for a signature of version 4A. */
  readonly scope: string;
  /** `20261123T101112Z` */
  readonly time: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly token: string | undefined;
  /** Life of a pre-signed request; undefined for a request that is signed by its header. */
  readonly expiresSeconds: number | undefined;
}

/** Algorithms of signatures: of version 4, and of version 4A, which is for a set of Regions. */
export type Algorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';

/**
 * Reads the claimed signer of a request: `AKID/20261123/eu-west-1/medialive/aws4_request`. It verifies nothing.
 *
 * A form on a web page can send any query, but no `Authorization`. The query therefore counts only for requests that
 * change nothing: a pre-signed `GET` or `HEAD`.
 *
 * @returns undefined when the request is not signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function signerOf({ method, headers, query }: SignerParts): Signer | undefined {
  const inHeader = /^AWS4-[\w-]+\s+(?:.*,\s*)?Credential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1];
  const inQuery = isReading(method) ? query.get('X-Amz-Credential') : null;
  const scope = inHeader ?? inQuery ?? '';
  const [, accessKeyId, service] = /^([^/]+)\/\d{8}\/(?:[^/]+\/)?([^/]+)\/aws4_request$/.exec(scope) ?? [];
  return accessKeyId === undefined || service === undefined ? undefined : { accessKeyId, service };
}

/**
 * Reads every element that the verification of a signature needs.
 *
 * @returns undefined when an element is missing, or the algorithm is not known.
 */
export function proofOf(parts: SignerParts): Proof | undefined {
  const { headers, query } = parts;
  const signer = signerOf(parts);
  const authorization = headers['authorization'];
  const field = (name: string) => new RegExp(`[\\s,]${name}=([^,\\s]+)`).exec(authorization ?? '')?.[1];
  const inQuery = (name: string) => query.get(`X-Amz-${name}`) ?? undefined;
  const of = authorization === undefined ? inQuery : field;
  const algorithm = algorithmOf(authorization === undefined ? inQuery('Algorithm') : authorization.split(/\s/)[0]);
  const scope = of('Credential')?.split('/').slice(1).join('/');
  const signedHeaders = of('SignedHeaders')?.toLowerCase().split(';') ?? [];
  const signature = of('Signature');
  const time = authorization === undefined ? inQuery('Date') : headers['x-amz-date'];
  if (signer === undefined || algorithm === undefined || !signedHeaders.includes('host')) return undefined;
  if (
    scope?.split('/').length !== SCOPE_LENGTH[algorithm] ||
    signature === undefined ||
    time?.slice(0, 8) !== scope.slice(0, 8)
  ) {
    return undefined;
  }
  const token = authorization === undefined ? inQuery('Security-Token') : headers['x-amz-security-token'];
  const expiresSeconds = authorization === undefined ? Number(inQuery('Expires') ?? Number.NaN) : undefined;
  return { ...signer, algorithm, scope, time, signedHeaders, signature, token, expiresSeconds };
}

/** Number of parts of a scope. */
const SCOPE_LENGTH: Readonly<Record<Algorithm, number>> = { 'AWS4-HMAC-SHA256': 4, 'AWS4-ECDSA-P256-SHA256': 3 };

function algorithmOf(name: string | undefined): Algorithm | undefined {
  return name === 'AWS4-HMAC-SHA256' || name === 'AWS4-ECDSA-P256-SHA256' ? name : undefined;
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
