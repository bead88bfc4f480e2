import { afterAll, beforeAll, describe, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { type History, histories } from './histories';
import { live } from './live';
import { inFakeTime } from './time';

/** Number of histories. `npm run test:lifecycle` takes 10,000. */
const RUNS = Number(process.env['HISTORIES'] ?? 200);
/** The seed that a failure printed, to repeat it. Without one, the histories differ each time. */
const SEED = process.env['SEED'];

beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
});
afterAll(() => {
  jest.useRealTimers();
});

/** Longest time of all histories, in milliseconds: twenty times what they take on a quiet machine. */
const LONGEST = 60_000 + RUNS * 2000;
/** Number of histories after which a line tells how far the test is. */
const TOLD = 1000;

describe('the lifecycle of a stack', () => {
  test(
    `leaves every channel as described, and nothing behind, in ${RUNS} random histories`,
    async () => {
      const parameters: fc.Parameters<[History]> = { numRuns: RUNS };
      if (SEED !== undefined) parameters.seed = Number(SEED);
      let lived = 0;
      const property = fc.asyncProperty(histories, async (history) => {
        await live(history, inFakeTime);
        jest.clearAllTimers();
        lived += 1;
        if (lived % TOLD === 0) process.stderr.write(`${lived} of ${RUNS} histories\n`);
      });
      await fc.assert(property, parameters);
    },
    LONGEST,
  );
});
