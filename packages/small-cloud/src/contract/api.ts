/** One request of an AWS SDK or the AWS CLI, with its whole body. */
export interface ApiRequest {
  readonly method: string;
  /** Path without query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The role whose credentials signed the request. Undefined for the operator's own credentials, which allow everything. */
  readonly roleArn: string | undefined;
}

/** The answer, in the service's own wire format. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** The API of one service. */
export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;
