import { randomBytes } from 'node:crypto';
import type { ApiHandler, ApiRequest, Cloud, Properties } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import type { PropertyReader } from '../kit/property-reader';
import type { Delivery } from './delivery';

/** Parts of Firehose that its API uses. */
export interface FirehoseApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId'>;
  /** By name. */
  readonly streams: ReadonlyMap<string, Delivery>;
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const RECORD_LIMIT_BYTES = 1_024_000;
const BATCH_LIMIT_RECORDS = 500;
const BATCH_LIMIT_BYTES = 4 * 2 ** 20;

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

const FULL = { code: 'ServiceUnavailableException', message: 'Slow down.' } as const;

/**
 * Makes the handler of the part of Firehose's API that takes records.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
export function firehoseApi(subject: FirehoseApiSubject): ApiHandler {
  const operations = { PutRecord: putRecord(subject), PutRecordBatch: putRecordBatch(subject) };
  return jsonHandler({ name: 'Firehose', target: 'Firehose_20150804', operations });
}

function putRecord(subject: FirehoseApiSubject): JsonOperation {
  return (input, request) => {
    const stream = streamOf(subject, input, request, 'firehose:PutRecord');
    const data = dataOf(input.part('Record'), 'record.data');
    input.end();
    if (!stream.take(data)) throw new AwsError(FULL.code, FULL.message, 503);
    return { RecordId: recordId(), Encrypted: false };
  };
}

function putRecordBatch(subject: FirehoseApiSubject): JsonOperation {
  return (input, request) => {
    const stream = streamOf(subject, input, request, 'firehose:PutRecordBatch');
    const records = input.list('Records');
    if (records.length === 0) throw constraint('records', 'Member must have length greater than or equal to 1');
    if (records.length > BATCH_LIMIT_RECORDS) {
      throw constraint('records', `Member must have length less than or equal to ${BATCH_LIMIT_RECORDS}`);
    }
    const data = records.map((record, index) => dataOf(record, `records.${index + 1}.member.data`));
    input.end();
    if (data.reduce((sum, { length }) => sum + length, 0) > BATCH_LIMIT_BYTES) {
      throw new AwsError('InvalidArgumentException', 'Records size exceeds 4 MB limit');
    }
    const answers = data.map(
      (bytes): Properties =>
        stream.take(bytes) ? { RecordId: recordId() } : { ErrorCode: FULL.code, ErrorMessage: FULL.message },
    );
    const failed = answers.filter((answer) => 'ErrorCode' in answer).length;
    return { FailedPutCount: failed, Encrypted: false, RequestResponses: answers };
  };
}

/** Finds the stream of a call. Authorizes first, so that a caller without permission cannot learn whether it exists. */
function streamOf(
  { cloud, streams }: FirehoseApiSubject,
  input: PropertyReader,
  { roleArn }: ApiRequest,
  action: string,
): Delivery {
  const name = input.text('DeliveryStreamName');
  authorized(cloud.access, roleArn, { action, resource: streamArn(cloud, name) }, ACCESS_DENIED);
  const stream = streams.get(name);
  if (stream !== undefined) return stream;
  throw new AwsError('ResourceNotFoundException', `Firehose ${name} under account ${cloud.accountId} not found.`);
}

/** The ARN of a stream with this name, whether it exists or not. */
export function streamArn(
  { partition, region, accountId }: Pick<Cloud, 'partition' | 'region' | 'accountId'>,
  name: string,
): string {
  return `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${name}`;
}

function dataOf(record: PropertyReader, member: string): Uint8Array {
  const bytes = Buffer.from(record.text('Data'), 'base64');
  if (bytes.length <= RECORD_LIMIT_BYTES) return bytes;
  throw constraint(member, `Member must have length less than or equal to ${RECORD_LIMIT_BYTES}`);
}

function constraint(member: string, rule: string): AwsError {
  const sentence = `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`;
  return new AwsError('ValidationException', sentence);
}

function recordId(): string {
  return randomBytes(120).toString('base64');
}
