import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { keptPhysicalId } from '../shared/custom-resource/properties';
import type { CustomResourceHandler } from '../shared/custom-resource/respond';
import { patience } from '../shared/patience';
import { writeLink } from '../shared/viewers/link';
import { provideKeys, rotateKeys, secondsOf, voidAll } from './keys';
import { openSessions, revoke } from './sessions';
import type { KeySurroundings } from './surroundings';
import { sweep } from './sweep';

/** A task of the function: by a schedule, or by an operator. */
export type KeyTask =
  | { readonly task: 'rotate' | 'sweep' | 'sessions' | 'revoke-all' }
  | { readonly task: 'revoke'; readonly which: string }
  | { readonly task: 'link'; readonly channel: string; readonly hours: number; readonly once: boolean };

/**
 * Handles `Custom::ViewerKeys`: makes the first key, and hands the keys to the edge. Nothing is left to do on deletion,
 * because the store and the secret are resources of the stack.
 */
export function viewerKeysHandler(around: KeySurroundings): CustomResourceHandler {
  const physicalId = (event: CloudFormationCustomResourceEvent) => keptPhysicalId('viewer-keys', event);
  return {
    physicalId,
    async handle(event, deadline) {
      if (event.RequestType !== 'Delete') {
        await patience('The service of the keys', around.clock, deadline)(() => provideKeys(around));
      }
      return { physicalId: physicalId(event) };
    },
  };
}

/**
 * Does a task.
 *
 * @returns a result that holds no key and no token, except for a link that was asked for.
 * @throws Error with a sentence for a task that cannot be done.
 */
export async function keyTask(task: KeyTask, around: KeySurroundings): Promise<object> {
  switch (task.task) {
    case 'rotate': {
      const { keys } = await rotateKeys(around);
      return { keys: keys.map(({ kid }) => kid) };
    }
    case 'sweep':
      return { removed: await sweep(around) };
    case 'sessions':
      return { sessions: await openSessions(around) };
    case 'revoke':
      return { ended: await revoke(task.which, around) };
    case 'revoke-all':
      return { voidBefore: await voidAll(around) };
    case 'link':
      return { link: await link(task, around) };
    default:
      throw new Error(`There is no task ${JSON.stringify(task)}`);
  }
}

async function link(
  { channel, hours, once }: Extract<KeyTask, { task: 'link' }>,
  around: KeySurroundings,
): Promise<string> {
  const secret = await around.linkSecret();
  if (secret === undefined) throw new Error('Links open no channel of this stack: its description says links: false');
  if (!around.channels.includes(channel)) {
    throw new Error(`${channel} is no private channel of this stack; there is ${around.channels.join(', ') || 'none'}`);
  }
  if (!(hours > 0 && hours <= 24 * 366)) {
    throw new Error(`hours: ${hours} was given; more than 0, up to a year is needed`);
  }
  const exp = secondsOf(around) + Math.round(hours * 3600);
  return writeLink({ jti: around.randomId(), ch: [channel], exp, once }, secret);
}
