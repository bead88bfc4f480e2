import type { Access, ApiHandler, ApiRequest, ApiResponse, Value } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { parsedJson } from '../kit/json';
import { notModelled } from '../kit/not-modelled';
import type { LambdaFunction } from './function';
import { functionName, functionQualifier } from './function-name';
import type { InvocationResult } from './invocation';

/** Parts of Lambda that its API shows and uses. */
export interface LambdaApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  find(name: string): LambdaFunction | undefined;
  arnOf(name: string): string;
  invoke(arn: string, event: Value): Promise<InvocationResult>;
  invokeAsync(arn: string, event: Value): Promise<InvocationResult>;
}

const JSON_TYPE = { 'content-type': 'application/json' } as const;

const UNMODELLED_HEADERS = ['x-amz-client-context', 'x-amz-durable-execution-name', 'x-amz-tenant-id'];

/**
 * Makes the handler of the part of Lambda's API that is used at run time: Invoke and GetFunctionConfiguration. Everything
 * else is answered 501, by name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function lambdaApi(subject: LambdaApiSubject): ApiHandler {
  return async (request) => {
    try {
      return await answer(subject, request);
    } catch (error) {
      if (error instanceof AwsError) return errorResponse(error);
      throw error;
    }
  };
}

async function answer(subject: LambdaApiSubject, request: ApiRequest): Promise<ApiResponse> {
  const path = /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration)$/.exec(request.path);
  const [, encoded, part] = path ?? [];
  const operation = `${request.method} ${part}`;
  if (encoded !== undefined && operation === 'POST invocations') return invoke(subject, request, encoded);
  if (encoded !== undefined && operation === 'GET configuration') return configuration(subject, request, encoded);
  throw notModelled(`Lambda ${request.method} ${request.path}`, { known: ['Invoke', 'GetFunctionConfiguration'] });
}

async function invoke(subject: LambdaApiSubject, request: ApiRequest, encoded: string): Promise<ApiResponse> {
  const { arn } = lookUp(subject, request, encoded, 'lambda:InvokeFunction');
  refuseUnmodelledHeaders(request);
  // A call without a body sends an empty object.
  const event = request.body.length === 0 ? {} : parsedJson(request.body.toString());
  if (event === undefined) {
    const sentence = 'Could not parse request body into json: the body is not JSON.';
    throw new AwsError('InvalidRequestContentException', sentence);
  }

  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  switch (type) {
    case 'DryRun':
      return { status: 204 };
    case 'Event':
      // The caller is not told how an event went; the log of the run is.
      subject.invokeAsync(arn, event).catch(() => {});
      return { status: 202 };
    case 'RequestResponse':
      return resultResponse(await subject.invoke(arn, event));
    default:
      throw new AwsError('InvalidParameterValueException', `Unsupported invocation type ${type}`);
  }
}

function refuseUnmodelledHeaders({ headers }: ApiRequest): void {
  const header = UNMODELLED_HEADERS.find((name) => headers[name] !== undefined);
  if (header !== undefined) throw notModelled(`Lambda Invoke: the header ${header}`, { advice: 'Leave it out' });
  if ((headers['x-amz-log-type'] ?? 'None') !== 'None') {
    throw notModelled('Lambda Invoke: LogType Tail', { advice: 'Read the log of the run' });
  }
}

function resultResponse(result: InvocationResult): ApiResponse {
  const headers = { ...JSON_TYPE, 'x-amz-executed-version': '$LATEST' };
  if ('payload' in result) return { status: 200, headers, body: JSON.stringify(result.payload) };
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify(result.functionError),
  };
}

function configuration(subject: LambdaApiSubject, request: ApiRequest, encoded: string): ApiResponse {
  const found = lookUp(subject, request, encoded, 'lambda:GetFunctionConfiguration');
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

/** Finds the function of a call. Authorizes first, so that a caller without permission cannot learn whether it exists. */
function lookUp(
  { access, arnOf, find }: LambdaApiSubject,
  { query, roleArn }: ApiRequest,
  encoded: string,
  action: string,
): LambdaFunction {
  const given = decodeURIComponent(encoded);
  const qualifier = query.get('Qualifier') ?? functionQualifier(given) ?? '$LATEST';
  const resource = arnOf(functionName(given));
  authorized(access, roleArn, { action, resource });
  const found = find(functionName(given));
  if (found !== undefined && qualifier === '$LATEST') return found;
  const name = qualifier === '$LATEST' ? resource : `${resource}:${qualifier}`;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
}

/** Writes an error as Lambda does, which has a format of its own. */
function errorResponse({ status, code, message }: AwsError): ApiResponse {
  const body = JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message });
  return { status, headers: { ...JSON_TYPE, 'x-amzn-errortype': code }, body };
}
