import type { Properties } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { JsonOperation } from '../../kit/json-protocol';
import type { PropertyReader } from '../../kit/property-reader';
import { checkedItem, type Item, scalar } from '../attribute';
import { order } from '../compare';
import { type Condition, parsedCondition } from '../expression/condition';
import { holds } from '../expression/judgement';
import { Placeholders } from '../expression/placeholders';
import { itemBytes } from '../size';
import { checkedKey, keyAttributes, keyOf, scanPlace } from '../table/key';
import type { Table } from '../table/table';
import { type DynamoDbSubject, refuseReports, tableOf } from './call';
import { keyCondition } from './key-condition';
import { readProjection } from './projection';

/** The most bytes of items that one page evaluates. */
const PAGE_LIMIT_BYTES = 1024 * 1024;

const COUNT_LIMIT = 2_147_483_647;

/** Makes the calls that read several items, page by page. */
export function listCalls(subject: DynamoDbSubject): Readonly<Record<string, JsonOperation>> {
  return { Scan: scan(subject), Query: query(subject) };
}

function scan(subject: DynamoDbSubject): JsonOperation {
  return (input, request) => {
    const table = tableOf(subject, input, request, 'dynamodb:Scan');
    const placeholders = Placeholders.of(input);
    const start = startKey(table, input);
    const filter = readFilter(input, placeholders);
    const page = readPage(table, input, placeholders, filter);
    const after = start === undefined ? '' : scanPlace(table.settings, start);
    return page(table.scanned().filter((item) => scanPlace(table.settings, item) > after));
  };
}

function query(subject: DynamoDbSubject): JsonOperation {
  return (input, request) => {
    const table = tableOf(subject, input, request, 'dynamodb:Query');
    const placeholders = Placeholders.of(input);
    const text = input.text('KeyConditionExpression');
    const condition = parsedCondition(text, 'KeyConditionExpression', placeholders);
    const hash = keyCondition(table.settings, condition);
    const start = startKey(table, input);
    const forward = input.holds('ScanIndexForward') ? input.flag('ScanIndexForward') : true;
    const filter = readFilter(input, placeholders);
    refuseKeysIn(filter, table);
    const page = readPage(table, input, placeholders, filter);
    const found = table.queried(scalar(hash) ?? '').filter((item) => holds(condition, item));
    const inOrder = forward ? found : [...found].reverse();
    return page(start === undefined ? inOrder : inOrder.filter((item) => isAfter(table, item, start, forward)));
  };
}

/** Tells whether an item of a query comes after the start. */
function isAfter({ settings: { range } }: Table, item: Item, start: Item, forward: boolean): boolean {
  if (range === undefined) return false;
  const ordered = order(item[range.name] ?? {}, start[range.name] ?? {}) ?? 0;
  return forward ? ordered > 0 : ordered < 0;
}

function startKey(table: Table, input: PropertyReader): Item | undefined {
  const given = input.value('ExclusiveStartKey');
  return given === undefined ? undefined : checkedKey(table.settings, checkedItem(given));
}

function readFilter(input: PropertyReader, placeholders: Placeholders): Condition | undefined {
  const text = input.maybeText('FilterExpression');
  return text === undefined ? undefined : parsedCondition(text, 'FilterExpression', placeholders);
}

/** Reads the rest of a call. The result makes the answer from the items that are left to evaluate. */
function readPage(
  table: Table,
  input: PropertyReader,
  placeholders: Placeholders,
  filter: Condition | undefined,
): (items: readonly Item[]) => Properties {
  const limit = input.whole('Limit', 1, COUNT_LIMIT, COUNT_LIMIT);
  const select = input.oneOf('Select', ['ALL_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'], 'ALL_ATTRIBUTES');
  const projection = readProjection(input, placeholders);
  refuseReports(input);
  input.withoutEffect('ConsistentRead').end();
  placeholders.refuseUnused();
  return (items) => {
    const evaluated = firstPage(items, limit);
    const found = evaluated.filter((item) => filter === undefined || holds(filter, item));
    const answer: Record<string, Properties[string]> = { Count: found.length, ScannedCount: evaluated.length };
    if (select !== 'COUNT') answer['Items'] = found.map(projection);
    const last = evaluated.at(-1);
    const isCut = evaluated.length < items.length || evaluated.length === limit;
    if (isCut && last !== undefined) answer['LastEvaluatedKey'] = keyOf(table.settings, last);
    return answer;
  };
}

/** The items that one page evaluates: up to the limit, and up to 1 MB. */
function firstPage(items: readonly Item[], limit: number): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    if (index >= limit || bytes >= PAGE_LIMIT_BYTES) return true;
    bytes += itemBytes(item);
    return false;
  });
  return end === -1 ? items : items.slice(0, end);
}

/** @throws AwsError ValidationException for a filter of a query that names the key. */
function refuseKeysIn(filter: Condition | undefined, { settings }: Table): void {
  const named = JSON.stringify(filter ?? {});
  const key = keyAttributes(settings).find(({ name }) => named.includes(`"path":[${JSON.stringify(name)}]`));
  if (key === undefined) return;
  const sentence = `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`;
  throw new AwsError('ValidationException', sentence);
}
