import { type DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { dynamoBook } from '../../lambda/poll-desk/dynamo-book';
import type { Vote } from '../../lambda/poll-desk/surroundings';

const VOTE = { poll: { id: 'p', closesAt: 1000 }, user: 'anna', option: 0 } as unknown as Vote;

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    message: 'no',
    CancellationReasons: codes.map((Code) => ({ Code })),
    $metadata: {},
  });

/** A book whose table cancels transactions for these reasons, one after the other, and takes the next one. */
function book(...reasons: readonly Error[]) {
  const left = [...reasons];
  let sent = 0;
  const client = {
    send: async () => {
      sent += 1;
      const error = left.shift();
      if (error !== undefined) throw error;
      return {};
    },
  } as unknown as DynamoDBClient;
  return { vote: () => dynamoBook(client, 'polls').vote(VOTE), sent: () => sent };
}

describe('a vote', () => {
  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'is tried again after %s',
    async (code) => {
      const { vote, sent } = book(cancelled('None', code), cancelled('None', code));
      await expect(vote()).resolves.toBe(true);
      expect(sent()).toBe(3);
    },
  );

  test('is counted once: a second one of a viewer is not', async () => {
    await expect(book(cancelled('ConditionalCheckFailed', 'None')).vote()).resolves.toBe(false);
  });

  test('is given up after six tries', async () => {
    const { vote, sent } = book(...Array.from({ length: 7 }, () => cancelled('None', 'TransactionConflict')));
    await expect(vote()).rejects.toThrow('no');
    expect(sent()).toBe(6);
  });

  test('is not tried again for another reason', async () => {
    const { vote, sent } = book(cancelled('None', 'ValidationError'));
    await expect(vote()).rejects.toThrow('no');
    expect(sent()).toBe(1);
  });
});
