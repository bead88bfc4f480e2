import type { Properties } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { PropertyReader } from '../../kit/property-reader';
import { checkedItem, type Item } from '../attribute';
import { parsedCondition } from '../expression/condition';
import { holds } from '../expression/judgement';
import { Placeholders } from '../expression/placeholders';
import { parsedUpdate, type UpdateAction, updated } from '../expression/update';
import { checkedKey, keyAttributes, keyOf } from '../table/key';
import type { Table } from '../table/table';

/** The kinds of writes. A check writes nothing. */
export type WriteKind = 'put' | 'update' | 'delete' | 'check';

/** One write that is ready to be judged and made. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  /** Makes the item that the write leaves; undefined for none. */
  readonly result: (old: Item | undefined) => Item | undefined;
  /** Tells whether the condition of the write holds. */
  readonly permits: (old: Item | undefined) => boolean;
  /** True to show the item to a caller whose condition fails. */
  readonly showsOld: boolean;
  /** The changes of an update; empty for every other kind. */
  readonly actions: readonly UpdateAction[];
}

/** Reads a write from the input of its call, or from its part of a transaction. */
export function readWrite(kind: WriteKind, table: Table, input: PropertyReader): Write {
  const placeholders = Placeholders.of(input);
  const given = kind === 'put' ? checkedItem(input.value('Item')) : undefined;
  const key =
    given === undefined ? checkedKey(table.settings, checkedItem(input.value('Key'))) : keyOf(table.settings, given);
  const actions = kind === 'update' ? updateActions(table, input, placeholders) : [];
  const text = kind === 'check' ? input.text('ConditionExpression') : input.maybeText('ConditionExpression');
  const condition = text === undefined ? undefined : parsedCondition(text, 'ConditionExpression', placeholders);
  const onFailure = input.oneOf('ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD'], 'NONE');
  placeholders.refuseUnused();
  return {
    table,
    key,
    actions,
    result: (old) => {
      if (kind === 'update') return updated(old ?? key, actions);
      return kind === 'check' ? old : given;
    },
    permits: (old) => condition === undefined || holds(condition, old ?? {}),
    showsOld: onFailure === 'ALL_OLD',
  };
}

/** Makes the items before and after a write, and refuses it by its condition. Changes nothing. */
export function judged({ table, key, permits, result, showsOld }: Write): {
  old: Item | undefined;
  made: Item | undefined;
} {
  const old = table.get(key);
  if (!permits(old)) {
    const members: Properties = showsOld && old !== undefined ? { Item: old } : {};
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
  }
  const made = result(old);
  if (made !== undefined) table.check(made);
  return { old, made };
}

/** Puts the item that a write leaves in its place. */
export function applied({ table, key }: Write, made: Item | undefined): void {
  if (made === undefined) table.delete(key);
  else table.put(made);
}

function updateActions(table: Table, input: PropertyReader, placeholders: Placeholders): readonly UpdateAction[] {
  const text = input.maybeText('UpdateExpression');
  const actions = text === undefined ? [] : parsedUpdate(text, placeholders);
  for (const { name } of keyAttributes(table.settings)) {
    if (actions.some(({ path }) => path[0] === name)) {
      const sentence = `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`;
      throw new AwsError('ValidationException', sentence);
    }
  }
  return actions;
}
