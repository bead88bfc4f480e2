import type { Access, ApiRequest, ApiResponse, CloudClock, Value } from '../../../contract';
import { authorized } from '../../kit/authorized';
import { AwsError } from '../../kit/aws-error';
import { jsonBody } from '../../kit/json-protocol';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import { type KeyValueStore, keyNotFound } from './key-value-store';

/** Surroundings of the data API. */
export interface DataApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  readonly clock: Pick<CloudClock, 'now'>;
  readonly stores: ReadonlyMap<string, KeyValueStore>;
}

/** One call, of a store that exists. */
interface Call {
  readonly request: ApiRequest;
  readonly store: KeyValueStore;
  /** Key in the path; empty where the path has none. */
  readonly key: string;
  readonly now: number;
}

type Operation = (call: Call) => ApiResponse;

/** Operations and their names, by method and by the form of the path below the store. */
const OPERATIONS: Readonly<Record<string, readonly [name: string, perform: Operation]>> = {
  'GET ': ['DescribeKeyValueStore', describe],
  'GET keys': ['ListKeys', listKeys],
  'POST keys': ['UpdateKeys', updateKeys],
  'GET key': ['GetKey', getKey],
  'PUT key': ['PutKey', putKey],
  'DELETE key': ['DeleteKey', deleteKey],
};

/**
 * Makes the handler of the API that reads and writes the pairs of key value stores.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations_Amazon_CloudFront_KeyValueStore.html
 */
export function dataApi({ access, clock, stores }: DataApiSubject) {
  return async (request: ApiRequest): Promise<ApiResponse> => {
    const [, arn = '', keys, key] = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(request.path) ?? [];
    const form = key === undefined ? (keys ?? '') : 'key';
    const operation = arn === '' ? undefined : OPERATIONS[`${request.method} ${form}`];
    if (operation === undefined) throw notModelled(`CloudFront KeyValueStore ${request.method} ${request.path}`);
    const [name, perform] = operation;
    const known = name === 'ListKeys' ? ['MaxResults', 'NextToken'] : [];
    const strangers = [...request.query.keys()].filter((parameter) => !known.includes(parameter));
    if (strangers.length > 0) throw notModelled(strangers.map((parameter) => `${name}.${parameter}`));
    const resource = decodeURIComponent(arn);
    authorized(access, request.roleArn, { action: `cloudfront-keyvaluestore:${name}`, resource });
    const store = stores.get(resource);
    if (store === undefined) {
      throw new AwsError('ResourceNotFoundException', `The key value store ${resource} does not exist`, 404);
    }
    return perform({ request, store, key: decodeURIComponent(key ?? ''), now: clock.now() });
  };
}

function describe({ store }: Call): ApiResponse {
  const { arn, created } = store.description;
  const output = { KvsARN: arn, Created: created / 1000, LastModified: store.changed / 1000, Status: 'READY' };
  return answer({ ...size(store), ...output }, store.etag);
}

function listKeys({ store, request }: Call): ApiResponse {
  const most = Number(request.query.get('MaxResults') ?? 10);
  if (!Number.isInteger(most) || most < 1 || most > 50) {
    throw new AwsError('ValidationException', `MaxResults: ${most} was given; a whole number from 1 to 50 is needed`);
  }
  const token = request.query.get('NextToken');
  const after = token === null ? undefined : Buffer.from(token, 'base64url').toString();
  const pairs = store.list(most + 1, after);
  const page = pairs.slice(0, most);
  const output: Record<string, Value> = { Items: page.map(([Key, Value]) => ({ Key, Value })) };
  const last = page.at(-1)?.[0];
  if (pairs.length > most && last !== undefined) output['NextToken'] = Buffer.from(last).toString('base64url');
  return answer(output);
}

function getKey({ store, key }: Call): ApiResponse {
  const value = store.get(key);
  if (value === undefined) throw keyNotFound(key);
  return answer({ Key: key, Value: value, ...size(store) });
}

function putKey(call: Call): ApiResponse {
  const input = new PropertyReader(jsonBody(call.request), 'PutKey');
  const value = stringOf(input, 'Value');
  input.end();
  return changed(call, { puts: [[call.key, value]] });
}

function deleteKey(call: Call): ApiResponse {
  return changed(call, { deletes: [call.key] });
}

function updateKeys(call: Call): ApiResponse {
  const input = new PropertyReader(jsonBody(call.request), 'UpdateKeys');
  const puts = input.list('Puts').map((put) => [stringOf(put, 'Key'), stringOf(put, 'Value')] as const);
  const deletes = input.list('Deletes').map((one) => stringOf(one, 'Key'));
  input.end();
  return changed(call, { puts, deletes });
}

function changed({ store, request, now }: Call, update: Parameters<KeyValueStore['update']>[0]): ApiResponse {
  store.update(update, request.headers['if-match'], now);
  return answer(size(store), store.etag);
}

/** Reads a member that must be a string, unlike a property of CloudFormation. */
function stringOf(input: PropertyReader, key: string): string {
  const value = input.value(key);
  if (typeof value === 'string') return value;
  throw new AwsError('ValidationException', `${input.at(key)}: ${JSON.stringify(value)} was given; a string is needed`);
}

function size({ count, size }: KeyValueStore) {
  return { ItemCount: count, TotalSizeInBytes: size };
}

function answer(output: Readonly<Record<string, Value>>, etag?: string): ApiResponse {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (etag !== undefined) headers['etag'] = etag;
  return { status: 200, headers, body: JSON.stringify(output) };
}
