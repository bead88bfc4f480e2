import type { JsonObject } from '../../contract';
import type { CloudFormation, StackRequest } from '../engine';
import type { Stack } from '../stack';

/** The engine, as far as the API in front of it needs one. */
export type StackEngine = Pick<
  CloudFormation,
  'beginCreate' | 'beginDelete' | 'beginUpdate' | 'changes' | 'checkUpdate' | 'stack' | 'stacks'
>;

/** A stack, or the promise of one: a change set that creates it was made, and not executed yet. */
export type KnownStack = Omit<Stack, 'status'> & { readonly status: Stack['status'] | 'REVIEW_IN_PROGRESS' };

/** What a call asks the engine for: all of it is settled. */
export type AskedStack = Required<Omit<StackRequest, 'stackId' | 'clientRequestToken' | 'template'>> &
  Pick<StackRequest, 'stackId' | 'clientRequestToken'> & { readonly template: JsonObject };
