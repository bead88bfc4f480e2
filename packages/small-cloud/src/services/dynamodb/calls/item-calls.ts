import type { Properties } from '../../../contract';
import type { JsonOperation } from '../../kit/json-protocol';
import { notModelled } from '../../kit/not-modelled';
import type { PropertyReader } from '../../kit/property-reader';
import { checkedItem, type Item } from '../attribute';
import { Placeholders } from '../expression/placeholders';
import { checkedKey } from '../table/key';
import { type DynamoDbSubject, refuseReports, tableOf } from './call';
import { readProjection } from './projection';
import { applied, judged, readWrite, type Write, type WriteKind } from './write';

const OLD_VALUES = ['NONE', 'ALL_OLD'] as const;
const UPDATE_VALUES = [...OLD_VALUES, 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] as const;
type ReturnValues = (typeof UPDATE_VALUES)[number];

/** Makes the calls that read or write one item. */
export function itemCalls(subject: DynamoDbSubject): Readonly<Record<string, JsonOperation>> {
  return {
    GetItem: getItem(subject),
    PutItem: writeItem(subject, 'put', 'dynamodb:PutItem'),
    UpdateItem: writeItem(subject, 'update', 'dynamodb:UpdateItem'),
    DeleteItem: writeItem(subject, 'delete', 'dynamodb:DeleteItem'),
  };
}

/** Every read is consistent in the local run. */
function getItem(subject: DynamoDbSubject): JsonOperation {
  return (input, request): Properties => {
    const table = tableOf(subject, input, request, 'dynamodb:GetItem');
    const placeholders = Placeholders.of(input);
    const key = checkedKey(table.settings, checkedItem(input.value('Key')));
    const projection = readProjection(input, placeholders);
    refuseReports(input);
    input.withoutEffect('ConsistentRead').end();
    placeholders.refuseUnused();
    const item = table.get(key);
    return item === undefined ? {} : { Item: projection(item) };
  };
}

function writeItem(subject: DynamoDbSubject, kind: WriteKind, action: string): JsonOperation {
  return (input, request): Properties => {
    const table = tableOf(subject, input, request, action);
    const write = readWrite(kind, table, input);
    const returned = returnValues(input, kind);
    refuseReports(input);
    input.end();
    const { old, made } = judged(write);
    const attributes = shown(write, returned, old, made);
    applied(write, made);
    return attributes === undefined ? {} : { Attributes: attributes };
  };
}

function returnValues(input: PropertyReader, kind: WriteKind): ReturnValues {
  return input.oneOf('ReturnValues', kind === 'update' ? UPDATE_VALUES : OLD_VALUES, 'NONE');
}

/** The attributes that a caller asked for; undefined for none. */
function shown(
  { actions }: Write,
  returned: ReturnValues,
  old: Item | undefined,
  made: Item | undefined,
): Properties | undefined {
  if (returned === 'NONE') return undefined;
  const item = returned.endsWith('OLD') ? old : made;
  if (returned.startsWith('ALL') || item === undefined) return item;
  const nested = actions.find(({ path }) => path.length > 1);
  if (nested !== undefined) {
    throw notModelled(`ReturnValues ${returned} of nested attributes`, { advice: 'Ask for ALL_NEW' });
  }
  const names = new Set(actions.map(({ path }) => path[0]));
  const found = Object.entries(item).filter(([name]) => names.has(name));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
