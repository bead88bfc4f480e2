import { randomUUID } from 'node:crypto';

/** Temporary keys of a role. */
export interface RoleKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The surroundings of one invocation. */
export interface Sandbox {
  /** The plain members of the context object. */
  readonly context: Readonly<Record<string, string>> & { readonly awsRequestId: string };
  readonly environment: Readonly<Record<string, string>>;
}

/** The parts of one invocation that its environment is made from. */
export interface SandboxInput {
  readonly invoked: {
    readonly name: string;
    readonly arn: string;
    readonly taskRoot: string;
    readonly handler: string;
    readonly nodeVersion: number;
    readonly memoryMegabytes: number;
    readonly logGroup: string | undefined;
    readonly environment: Readonly<Record<string, string>>;
  };
  readonly requestId: string;
  readonly region: string;
  readonly keys: RoleKeys;
  /** Base URL of the local API, for the AWS SDK. */
  readonly endpointUrl: string;
}

/**
 * Makes the context and the environment that Lambda gives a function. It holds nothing of this machine's own environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function sandbox({ invoked, requestId, region, keys, endpointUrl }: SandboxInput): Sandbox {
  const logGroupName = invoked.logGroup ?? `/aws/lambda/${invoked.name}`;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const logStreamName = `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
  const memoryLimitInMB = String(invoked.memoryMegabytes);
  return {
    context: {
      awsRequestId: requestId,
      functionName: invoked.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: invoked.arn,
      memoryLimitInMB,
      logGroupName,
      logStreamName,
    },
    environment: {
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${invoked.nodeVersion}.x`,
      AWS_LAMBDA_FUNCTION_NAME: invoked.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryLimitInMB,
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
      AWS_ENDPOINT_URL: endpointUrl,
      // The SDK puts the account before this host. Before an IP address it would make no host.
      AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: endpointUrl.replace('//127.0.0.1', '//localhost'),
      // Silences the SDK's warning about this machine's Node.js: the function is declared for another version.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      LAMBDA_TASK_ROOT: invoked.taskRoot,
      _HANDLER: invoked.handler,
      ...invoked.environment,
    },
  };
}
