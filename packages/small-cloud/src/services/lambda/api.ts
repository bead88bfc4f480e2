import {
  type Access,
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  UnsupportedError,
  type Value,
} from '../../contract';
import type { LambdaFunction } from './function';
import { functionName, functionQualifier } from './function-name';
import type { InvocationResult } from './invocation';

/** What the API shows and does. */
export interface InvokeApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  find(name: string): LambdaFunction | undefined;
  arnOf(name: string): string;
  invoke(arn: string, event: Value): Promise<InvocationResult>;
  invokeAsync(arn: string, event: Value): Promise<InvocationResult>;
}

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/**
 * The part of Lambda's API that is asked for at run time: Invoke and GetFunctionConfiguration. Everything else is
 * answered 501, by name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function invokeApi(subject: InvokeApiSubject): ApiHandler {
  return async (request) => {
    const [, encoded, part] =
      /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration)$/.exec(request.path) ?? [];
    const operation = `${request.method} ${part}`;
    if (encoded !== undefined && operation === 'POST invocations') return invoke(subject, request, encoded);
    if (encoded !== undefined && operation === 'GET configuration') return configuration(subject, request, encoded);
    throw new UnsupportedError(
      `${request.method} ${request.path} is not modelled by the local Lambda, which knows Invoke, GetFunctionConfiguration`,
    );
  };
}

async function invoke(subject: InvokeApiSubject, request: ApiRequest, encoded: string): Promise<ApiResponse> {
  const found = lookUp(subject, request, encoded, 'lambda:InvokeFunction');
  if ('status' in found) return found;
  for (const header of ['x-amz-client-context', 'x-amz-durable-execution-name', 'x-amz-tenant-id']) {
    if (request.headers[header] !== undefined) {
      throw new UnsupportedError(`Invoke: the header ${header} is not modelled by the local Lambda. Leave it out.`);
    }
  }
  if ((request.headers['x-amz-log-type'] ?? 'None') !== 'None') {
    throw new UnsupportedError('Invoke: LogType Tail is not modelled by the local Lambda; see the log of the run.');
  }
  const event = eventOf(request.body);
  if (event === undefined) {
    return failure(400, 'InvalidRequestContentException', 'Could not parse request body into json: it is no JSON.');
  }

  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    // Whoever invokes an event never hears how it went; the run's log does.
    subject.invokeAsync(found.arn, event).catch(() => {});
    return { status: 202 };
  }
  if (type !== 'RequestResponse') {
    return failure(400, 'InvalidParameterValueException', `Unsupported invocation type ${type}`);
  }
  const result = await subject.invoke(found.arn, event);
  const headers = { ...JSON_TYPE, 'x-amz-executed-version': '$LATEST' };
  if ('payload' in result) return { status: 200, headers, body: JSON.stringify(result.payload) };
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify(result.functionError),
  };
}

function configuration(subject: InvokeApiSubject, request: ApiRequest, encoded: string): ApiResponse {
  const found = lookUp(subject, request, encoded, 'lambda:GetFunctionConfiguration');
  if ('status' in found) return found;
  const shape = {
    FunctionName: found.name,
    FunctionArn: found.arn,
    Runtime: `nodejs${found.nodeVersion}.x`,
    Role: found.roleArn,
    Handler: found.handler,
    Timeout: found.timeoutSeconds,
    MemorySize: found.memoryMegabytes,
    Environment: { Variables: found.environment },
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogGroup: found.logGroup ?? `/aws/lambda/${found.name}` },
  };
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify(shape) };
}

/** The function that is meant, or why not. Who may not ask is not told whether it exists. */
function lookUp(
  subject: InvokeApiSubject,
  { query, roleArn }: ApiRequest,
  encoded: string,
  action: string,
): LambdaFunction | ApiResponse {
  const given = decodeURIComponent(encoded);
  const qualifier = query.get('Qualifier') ?? functionQualifier(given) ?? '$LATEST';
  const resource = subject.arnOf(functionName(given));
  if (roleArn !== undefined && !subject.access.roleAllows(roleArn, { action, resource })) {
    return failure(
      403,
      'AccessDeniedException',
      `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  }
  const found = subject.find(functionName(given));
  if (found === undefined || qualifier !== '$LATEST') {
    const name = qualifier === '$LATEST' ? resource : `${resource}:${qualifier}`;
    return failure(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  }
  return found;
}

/** An event without a body is an empty object; undefined when the body is no JSON. */
function eventOf(body: Buffer): Value | undefined {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function failure(status: number, code: string, message: string): ApiResponse {
  const body = JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message });
  return { status, headers: { ...JSON_TYPE, 'x-amzn-errortype': code }, body };
}
