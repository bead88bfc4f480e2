/**
 * The contracts between the parts of the local run: what a service of the small cloud is, what a resource of a
 * template becomes in it, and what services may ask of one another. No behaviour lives here.
 */

/** A JSON value, as a template holds it once every intrinsic is resolved. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Resolved properties of one resource, in CloudFormation's PascalCase. */
export type Properties = { readonly [key: string]: Value };

/** What one resource of a template asks of its service. */
export interface ResourceRequest {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
}

/** What a resource has become: what `Ref` and `Fn::GetAtt` answer, and the name it is known by. */
export interface ResourceState {
  readonly physicalId: string;
  /** The value of `Ref`. */
  readonly ref: Value;
  /** The values of `Fn::GetAtt`, by attribute name. */
  readonly attributes: Readonly<Record<string, Value>>;
}

/**
 * Creates and deletes the resources of one type. A property that it does not model is an error that names it
 * (see {@link UnsupportedError}), never something ignored in silence.
 */
export interface ResourceProvider {
  create(request: ResourceRequest): Promise<ResourceState>;
  /**
   * Applies changed properties to what is there; `request` has the new ones, `previous` is what it was made from. Also
   * how a rollback takes a change back. Left out by types that cannot change.
   */
  update?(state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState>;
  /** Properties (the outermost) whose change CloudFormation answers with a new resource in place of the old one. */
  readonly replacedBy?: readonly string[];
  delete(state: ResourceState, request: ResourceRequest): Promise<void>;
}

/** One request of an AWS SDK or the AWS CLI, already read whole. */
export interface ApiRequest {
  readonly method: string;
  /** Path without query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The role whose credentials signed the request; undefined for the operator's own credentials, which may do all. */
  readonly roleArn: string | undefined;
}

/** The answer, in the service's own wire format. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** One line of the screen: a node of the running stream. */
export interface NodeStatus {
  /** Who, in the words of the design: `encoder main`, `input main`, `origin`, `edge`. */
  readonly node: string;
  readonly state: 'starting' | 'running' | 'waiting' | 'degraded' | 'failed' | 'stopped';
  /** What is happening, in words and figures: `1.00x, 30 fps, 5 renditions, superfast`. */
  readonly detail: string;
}

/** A service of the small cloud. */
export interface Service {
  /** Providers by CloudFormation resource type. */
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  /** API handlers by SigV4 signing name (`medialive`, `cloudfront`, `s3`). */
  readonly api?: Readonly<Record<string, ApiHandler>>;
  /** Opens what it listens on, on loopback. */
  start?(): Promise<void>;
  /** Ends every process and listener of the service; safe to call twice. */
  stop?(): Promise<void>;
  status?(): readonly NodeStatus[];
  /** What dynamic references to the service stand for, by its name in them: `{{resolve:<name>:<reference>}}`. */
  readonly dynamicReferences?: Readonly<Record<string, (reference: string) => string>>;
}

/** A policy document of IAM's JSON policy language. */
export type PolicyDocument = Properties;

/** One request to be judged by IAM. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys, such as `AWS:SourceArn`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** IAM, as far as the local run judges with it. */
export interface Access {
  /** Whether the policies attached to a role allow a request (identity-based). */
  roleAllows(roleArn: string, request: AccessRequest): boolean;
  /** Whether a role lets a service principal assume it. */
  roleTrusts(roleArn: string, servicePrincipal: string, context?: Readonly<Record<string, string>>): boolean;
  /** Whether a resource's own policy allows a service principal's request (resource-based). */
  policyAllows(policy: PolicyDocument, servicePrincipal: string, request: AccessRequest): boolean;
}

/** Where a public name of the small cloud is served on this machine. */
export interface Names {
  /** Says that `domain` is served at `baseUrl` (`http://127.0.0.1:8081`, no trailing slash). */
  register(domain: string, baseUrl: string): void;
  forget(domain: string): void;
  resolve(domain: string): string | undefined;
}

/** What the encoder needs to know of a packager's channel. */
export interface PackagerIngest {
  /**
   * Undefined when there is no such channel. A channel of MediaPackage v1 is in no group. `urls[0]` belongs to pipeline 0, `urls[1]` to pipeline 1; both end in `/`.
   */
  ingest(
    channelGroup: string | undefined,
    channelName: string,
  ): { readonly arn: string; readonly urls: readonly [string, string] } | undefined;
}

/** What the encoder needs to know of a bucket that it writes to. */
export interface BucketIngest {
  /** Undefined when there is no such bucket. `url` ends in `/`; a file is put, read and removed below it by its key. */
  bucket(name: string): { readonly arn: string; readonly url: string } | undefined;
}

/** What other services read of Secrets Manager, with a role of their caller that allows it. */
export interface SecretStore {
  /** The value of a key in a secret; undefined when there is none. */
  secret(arn: string, key: string): string | undefined;
}

/** What other services read of S3. */
export interface ObjectStore {
  /** The file that holds an object, undefined when there is none. */
  file(bucket: string, key: string): string | undefined;
}

/** What services that send events to functions ask of Lambda. */
export interface Functions {
  /** Whether a function's own policy (its AWS::Lambda::Permissions) lets a service invoke it on behalf of `sourceArn`. */
  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean;
  /** Invokes a function as an event, with Lambda's retries. Resolves after the last try. @throws Error when there is none. */
  invokeAsync(functionArn: string, event: Value): Promise<unknown>;
}

/**
 * The headers by which the local edge proves itself to an origin, in place of the SigV4 signature that CloudFront's
 * origin access control adds: the service principal, and the ARN of the distribution. The edge removes both from what
 * viewers send, and adds them only where the template's origin has an origin access control that signs.
 */
export const ORIGIN_ACCESS = {
  principal: 'x-origin-access-principal',
  source: 'x-origin-access-source',
} as const;

/** Time in the small cloud. A hurried one passes faster than this machine's, for what takes hours. */
export interface CloudClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How many seconds pass in the cloud while one passes on this machine. 1 unless hurried. */
  readonly speed: number;
}

/** An event on EventBridge's default bus. */
export interface CloudEvent {
  /** `aws.medialive`, `aws.cloudformation`. */
  readonly source: string;
  /** `MediaLive Channel State Change`. */
  readonly detailType: string;
  /** ARNs of what it is about. */
  readonly resources: readonly string[];
  readonly detail: Properties;
}

/** EventBridge's default bus, as far as services put events on it. */
export interface EventBus {
  put(event: CloudEvent): void;
}

/** What every service is given. */
export interface Cloud {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** A temporary folder of this run alone; removed with it. */
  readonly folder: string;
  readonly names: Names;
  readonly access: Access;
  readonly clock: CloudClock;
  readonly events: EventBus;
  /** One line for the log of the run. `level: 'warning'` lines are also shown on the screen. */
  tell(node: string, line: string, level?: 'info' | 'warning'): void;
}

/** A template, or a call, asks for something that the local run does not do. The message says what, and what to do. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}
