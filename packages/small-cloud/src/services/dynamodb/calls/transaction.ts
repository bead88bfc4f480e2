import { createHash } from 'node:crypto';
import type { ApiRequest, Properties } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { JsonOperation } from '../../kit/json-protocol';
import type { PropertyReader } from '../../kit/property-reader';
import type { Item } from '../attribute';
import { keyText } from '../table/key';
import { type DynamoDbSubject, refuseReports, tableOf } from './call';
import { applied, judged, readWrite, type Write, type WriteKind } from './write';

/** The most writes of one transaction. */
const WRITES_LIMIT = 100;

/** A token counts for ten minutes. */
const TOKEN_SECONDS = 600;

const KINDS: readonly (readonly [member: string, kind: WriteKind, action: string])[] = [
  ['Put', 'put', 'dynamodb:PutItem'],
  ['Update', 'update', 'dynamodb:UpdateItem'],
  ['Delete', 'delete', 'dynamodb:DeleteItem'],
  ['ConditionCheck', 'check', 'dynamodb:ConditionCheckItem'],
];

/** Names of errors as reasons of a cancelled transaction. */
const REASONS: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

/** A write with the items before and after it, or the error that cancels the transaction. */
type Outcome = { readonly write: Write; readonly made: Item | undefined } | { readonly error: AwsError };

/**
 * Makes TransactWriteItems: all writes, or none. A call that is repeated with its token within ten minutes changes nothing.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function transactWriteItems(subject: DynamoDbSubject): JsonOperation {
  const done = new Map<string, { readonly body: string; readonly at: number }>();
  return (input, request) => {
    const token = input.maybeText('ClientRequestToken');
    const writes = input.list('TransactItems').map((part) => readPart(subject, part, request));
    refuseReports(input);
    input.end();
    refuseNumber(writes);
    const body = createHash('sha256').update(request.body).digest('hex');
    const now = subject.cloud.clock.now();
    const earlier = token === undefined ? undefined : done.get(token);
    if (earlier !== undefined && now - earlier.at < TOKEN_SECONDS * 1000) {
      if (earlier.body === body) return {};
      throw new AwsError('IdempotentParameterMismatchException', 'The request token was used with other parameters');
    }
    const outcomes = writes.map(outcomeOf);
    refuseFailed(outcomes);
    for (const outcome of outcomes) if ('write' in outcome) applied(outcome.write, outcome.made);
    if (token !== undefined) done.set(token, { body, at: now });
    return {};
  };
}

function readPart(subject: DynamoDbSubject, part: PropertyReader, request: ApiRequest): Write {
  const [found, second] = KINDS.filter(([member]) => part.holds(member));
  if (found === undefined || second !== undefined) {
    throw new AwsError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const [member, kind, action] = found;
  const input = part.part(member);
  return readWrite(kind, tableOf(subject, input, request, action), input);
}

function refuseNumber(writes: readonly Write[]): void {
  if (writes.length === 0 || writes.length > WRITES_LIMIT) {
    throw new AwsError('ValidationException', `TransactItems: ${writes.length} given; 1 to ${WRITES_LIMIT} are needed`);
  }
  const items = new Set(writes.map(({ table, key }) => `${table.arn} ${keyText(table.settings, key)}`));
  if (items.size < writes.length) {
    throw new AwsError('ValidationException', 'Transaction request cannot include multiple operations on one item');
  }
}

function outcomeOf(write: Write): Outcome {
  try {
    return { write, made: judged(write).made };
  } catch (error) {
    if (error instanceof AwsError) return { error };
    throw error;
  }
}

function refuseFailed(outcomes: readonly Outcome[]): void {
  if (!outcomes.some((outcome) => 'error' in outcome)) return;
  const reasons = outcomes.map((outcome): Properties => {
    if (!('error' in outcome)) return { Code: 'None' };
    const { code, message, members } = outcome.error;
    return { Code: REASONS[code] ?? code, Message: message, ...members };
  });
  const codes = reasons.map(({ Code }) => String(Code)).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}
