import type { ApiRequest } from '../../src/contract';

/** Signs a request as the SDKs do, for services without an installed SDK. */
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
