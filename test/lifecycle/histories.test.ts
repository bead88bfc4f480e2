import { afterAll, beforeAll, describe, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { histories, live } from './history';
import { inFakeTime } from './time';

/** How many histories are lived through. `npm run test:lifecycle` asks for 10,000. */
const RUNS = Number(process.env['HISTORIES'] ?? 200);
/** Other histories each time, unless a seed that a failure printed is given. */
const SEED = process.env['SEED'];

beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
});
afterAll(() => {
  jest.useRealTimers();
});

describe('the lifecycle of a stack', () => {
  test(`holds in ${RUNS} random histories`, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await live(history, inFakeTime);
        jest.clearAllTimers();
      }),
      { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    );
  });
});
