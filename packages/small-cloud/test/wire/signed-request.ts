import type { ApiRequest } from '../../src/contract';

/** A request as the SDKs sign it, for services whose SDK is not here. */
export function signedRequest(
  service: string,
  accessKeyId: string,
  { headers = {}, body, roleArn }: { headers?: Record<string, string>; body: string; roleArn?: string | undefined },
): ApiRequest {
  const scope = `${accessKeyId}/20261124/eu-west-1/${service}/aws4_request`;
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`, ...headers },
    body: Buffer.from(body),
    roleArn,
  };
}
