import { type Properties, UnsupportedError, type Value } from '../../contract';

/** Where the code of a function comes from. */
export type FunctionCode =
  | { readonly kind: 'asset'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'inline'; readonly source: string };

/** An AWS::Lambda::Function as its template declares it. */
export interface FunctionConfiguration {
  readonly name: string | undefined;
  readonly code: FunctionCode;
  readonly handler: string;
  /** Major version of Node.js. */
  readonly nodeVersion: 20 | 22 | 24;
  readonly roleArn: string;
  /** 1 to 900; the function is killed then. @default 3 */
  readonly timeoutSeconds: number;
  /** 128 to 10240. @default 128 */
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string | undefined;
  /** How many invocations may run at the same time; undefined is no limit of the function's own. */
  readonly concurrency: number | undefined;
}

/** Properties that change nothing of how a function runs on this machine. */
const WITHOUT_EFFECT = ['Architectures', 'Description', 'Tags'];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED_VARIABLES = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
];

const INLINE_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * Reads the properties of an AWS::Lambda::Function.
 *
 * @param at - who is speaking, for messages: `AWS::Lambda::Function Run`.
 * @throws UnsupportedError for what is not modelled, Error for what Lambda would refuse.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function functionConfiguration(properties: Properties, at: string): FunctionConfiguration {
  const {
    Code,
    Environment,
    FunctionName,
    Handler,
    LoggingConfig,
    MemorySize = 128,
    PackageType = 'Zip',
    ReservedConcurrentExecutions,
    Role,
    Runtime,
    Timeout = 3,
    ...rest
  } = properties;
  refuseUnknown(rest, WITHOUT_EFFECT, at);
  if (PackageType !== 'Zip') {
    throw new UnsupportedError(`${at}.PackageType: container images are not run here; use Zip`);
  }
  const concurrency = optional(ReservedConcurrentExecutions, (value) =>
    integer(value, 1, 1000, `${at}.ReservedConcurrentExecutions`),
  );
  return {
    name: optional(FunctionName, (value) => text(value, `${at}.FunctionName`)),
    code: readCode(Code, `${at}.Code`),
    handler: text(Handler, `${at}.Handler`),
    nodeVersion: readRuntime(Runtime, `${at}.Runtime`),
    roleArn: text(Role, `${at}.Role`),
    timeoutSeconds: integer(Timeout, 1, 900, `${at}.Timeout`),
    memoryMegabytes: integer(MemorySize, 128, 10_240, `${at}.MemorySize`),
    environment: readEnvironment(Environment, `${at}.Environment`),
    logGroup: readLogGroup(LoggingConfig, `${at}.LoggingConfig`),
    concurrency,
  };
}

function readCode(value: Value | undefined, at: string): FunctionCode {
  const { S3Bucket, S3Key, ZipFile, ...rest } = object(value, at);
  refuseUnknown(rest, [], at);
  if (ZipFile !== undefined) {
    const source = text(ZipFile, `${at}.ZipFile`);
    if (Buffer.byteLength(source) > INLINE_LIMIT_BYTES) {
      throw new Error(`${at}.ZipFile: inline code cannot exceed 4 MB`);
    }
    return { kind: 'inline', source };
  }
  return { kind: 'asset', bucket: text(S3Bucket, `${at}.S3Bucket`), key: text(S3Key, `${at}.S3Key`) };
}

function readRuntime(value: Value | undefined, at: string): FunctionConfiguration['nodeVersion'] {
  const version = Number(/^nodejs(\d+)\.x$/.exec(text(value, at))?.[1]);
  if (version === 20 || version === 22 || version === 24) return version;
  throw new UnsupportedError(`${at}: ${JSON.stringify(value)} is not run here; use nodejs22.x or nodejs24.x`);
}

function readEnvironment(value: Value | undefined, at: string): Readonly<Record<string, string>> {
  const { Variables = {}, ...rest } = object(value ?? {}, at);
  refuseUnknown(rest, [], at);
  const variables = Object.entries(object(Variables, `${at}.Variables`));
  const reserved = variables.map(([name]) => name).filter((name) => RESERVED_VARIABLES.includes(name));
  if (reserved.length > 0) {
    throw new Error(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  return Object.fromEntries(variables.map(([name, given]) => [name, text(given, `${at}.Variables.${name}`)]));
}

function readLogGroup(value: Value | undefined, at: string): string | undefined {
  const { LogGroup, ...rest } = object(value ?? {}, at);
  refuseUnknown(rest, ['LogFormat', 'ApplicationLogLevel', 'SystemLogLevel'], at);
  return optional(LogGroup, (group) => text(group, `${at}.LogGroup`));
}

/** Refuses every property that is not among the known ones. */
export function refuseUnknown(properties: Properties, known: readonly string[], at: string): void {
  const strangers = Object.keys(properties).filter((name) => !known.includes(name));
  if (strangers.length > 0) {
    throw new UnsupportedError(`${strangers.map((name) => `${at}.${name}`).join(', ')}: not modelled; remove it`);
  }
}

/** A string, or an error that says where one is missing. */
export function text(value: Value | undefined, at: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${at}: a string is needed, ${JSON.stringify(value)} was given`);
}

function object(value: Value | undefined, at: string): Properties {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
  throw new Error(`${at}: an object is needed, ${JSON.stringify(value)} was given`);
}

function integer(value: Value, least: number, most: number, at: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`${at}: an integer from ${least} to ${most} is needed, ${JSON.stringify(value)} was given`);
}

function optional<T>(value: Value | undefined, read: (value: Value) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}
