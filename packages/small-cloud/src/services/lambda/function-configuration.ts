import type { ResourceRequest } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';

/** The place that the code of a function comes from. */
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
  /** 1 to 900; a function that takes longer is killed. @default 3 */
  readonly timeoutSeconds: number;
  /** 128 to 10240. @default 128 */
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string | undefined;
  /** Number of invocations that may run at the same time; undefined when the function sets no limit. */
  readonly concurrency: number | undefined;
}

/** Properties that do not change how a function runs on this machine. */
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
 * @throws UnsupportedError for what is not modelled, Error for what Lambda would refuse.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function functionConfiguration(request: ResourceRequest): FunctionConfiguration {
  const declared = PropertyReader.of(request).withoutEffect(...WITHOUT_EFFECT);
  declared.oneOf('PackageType', ['Zip'], 'Zip');
  const configuration = {
    name: declared.maybeText('FunctionName'),
    code: declaredCode(declared.part('Code')),
    handler: declared.text('Handler'),
    nodeVersion: declaredNodeVersion(declared),
    roleArn: declared.text('Role'),
    timeoutSeconds: declared.whole('Timeout', 1, 900, 3),
    memoryMegabytes: declared.whole('MemorySize', 128, 10_240, 128),
    environment: declaredEnvironment(declared.section('Environment').section('Variables')),
    logGroup: declaredLogGroup(declared.section('LoggingConfig')),
    concurrency: declaredConcurrency(declared),
  };
  declared.end();
  return configuration;
}

function declaredCode(declared: PropertyReader): FunctionCode {
  const source = declared.maybeText('ZipFile');
  if (source === undefined) return { kind: 'asset', bucket: declared.text('S3Bucket'), key: declared.text('S3Key') };
  if (Buffer.byteLength(source) > INLINE_LIMIT_BYTES) {
    throw new Error(`${declared.at('ZipFile')}: inline code cannot exceed 4 MB`);
  }
  return { kind: 'inline', source };
}

function declaredNodeVersion(declared: PropertyReader): FunctionConfiguration['nodeVersion'] {
  const runtime = declared.text('Runtime');
  const version = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
  if (version === 20 || version === 22 || version === 24) return version;
  throw notModelled(declared.at('Runtime'), { given: runtime, known: ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'] });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_LIMIT_BYTES = 4096;

function declaredEnvironment(variables: PropertyReader): Readonly<Record<string, string>> {
  const names = variables.keys();
  const reserved = names.filter((name) => RESERVED_VARIABLES.includes(name));
  if (reserved.length > 0) {
    throw new Error(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const environment = Object.fromEntries(names.map((name) => [name, variables.text(name)]));
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes > ENVIRONMENT_LIMIT_BYTES) {
    // AWS quotes the variables here. They may hold what a log must not.
    throw new Error(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. They have ${bytes} bytes as JSON.`,
    );
  }
  return environment;
}

function declaredLogGroup(declared: PropertyReader): string | undefined {
  return declared.withoutEffect('LogFormat', 'ApplicationLogLevel', 'SystemLogLevel').maybeText('LogGroup');
}

function declaredConcurrency(declared: PropertyReader): number | undefined {
  const key = 'ReservedConcurrentExecutions';
  return declared.value(key) === undefined ? undefined : declared.whole(key, 1, 1000, 1);
}
