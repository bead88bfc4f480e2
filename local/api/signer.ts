/** Who signed a request, and for which service. */
export interface Signer {
  readonly accessKeyId: string;
  /** The SigV4 signing name: `medialive`, `s3`, `cloudfront`. */
  readonly service: string;
}

/**
 * Reads the credential scope of an AWS request: `AKID/20261123/eu-west-1/medialive/aws4_request`; a signature for
 * several Regions (SigV4a) has no Region in it.
 *
 * The signature itself is not verified, and need not be. The server listens on loopback, and whoever reaches it runs as
 * the user who started it and can read every key from the processes' environments: a verified signature would prove
 * nothing more. What is wanted is who asks, and that is in the scope.
 *
 * @returns undefined when the request is not signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function signerOf(authorization: string | undefined, query: URLSearchParams): Signer | undefined {
  const inHeader = /^AWS4-[\w-]+\s+(?:.*,\s*)?Credential=([^,\s]+)/.exec(authorization ?? '')?.[1];
  const scope = inHeader ?? query.get('X-Amz-Credential') ?? '';
  const [, accessKeyId, service] = /^([^/]+)\/\d{8}\/(?:[^/]+\/)?([^/]+)\/aws4_request$/.exec(scope) ?? [];
  return accessKeyId === undefined || service === undefined ? undefined : { accessKeyId, service };
}
