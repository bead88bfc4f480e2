import type { JsonObject } from '../../contract';
import type { CloudFormation } from '../engine';
import type { StackRequest } from '../operation';
import type { Stack } from '../stack';

/** The part of the engine that the API needs. */
export type StackEngine = Pick<
  CloudFormation,
  'beginCreate' | 'beginDelete' | 'beginUpdate' | 'changes' | 'checkUpdate' | 'stack' | 'stacks'
>;

/** A stack, or the promise of one by a change set that has not been executed yet. */
export type KnownStack = Omit<Stack, 'status'> & { readonly status: Stack['status'] | 'REVIEW_IN_PROGRESS' };

/** A call's request to the engine, with every field settled. */
export type AskedStack = Required<Omit<StackRequest, 'stackId' | 'clientRequestToken' | 'template'>> &
  Pick<StackRequest, 'stackId' | 'clientRequestToken'> & { readonly template: JsonObject };
