import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { customResource } from '../../lambda/shared/custom-resource/respond';
import { histories } from './histories';
import { live } from './live';
import type { Seeds } from './seeds';
import { inFakeTime } from './time';
import { VARIANTS, type Variant } from './variants';

/** Number of histories in which a fault must show at the latest. */
const RUNS = 200;

beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
});
afterAll(() => {
  jest.useRealTimers();
});

/** The first complaint about a world with a fault; undefined when there is none. */
async function found(seeds: Seeds, seed: number): Promise<string | undefined> {
  const property = fc.asyncProperty(histories, async (history) => {
    await live(history, inFakeTime, seeds);
    jest.clearAllTimers();
  });
  const { failed, errorInstance } = await fc.check(property, { numRuns: RUNS, seed, endOnFailure: true });
  return failed ? String(errorInstance) : undefined;
}

/** A template whose hash ignores the input: `push by another name` has the settings of `push`. */
function blindToInput(variant: Variant): Variant {
  const model = VARIANTS.find(({ name }) => name === variant.name.replace('push by another name', 'push'));
  const [own, other] = [settingsOf(variant), model && settingsOf(model)];
  if (own === undefined || other === undefined) throw new Error('The template has no settings to compare');
  return { ...variant, template: JSON.parse(JSON.stringify(variant.template).replaceAll(own, other)) };
}

function settingsOf({ template }: Variant): string | undefined {
  const [quiesce] = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'Custom::Quiesce' && Properties?.['ChannelName'] === 'main',
  );
  return String(quiesce?.Properties?.['Settings']);
}

describe('the random histories', () => {
  // The number is a seed of histories that show the fault early.
  test.each<[string, Seeds, RegExp, number]>([
    [
      'a response that is not awaited',
      {
        customResource: (handler, put) => async (event, context) => {
          void customResource(handler, put)(event, context);
        },
      },
      /did not receive a response|never answered/,
      1,
    ],
    [
      'a delete that does not wait until the channel is idle',
      {
        channelState: (real, channels) => ({
          ...real,
          async handle(event, deadline) {
            if (event.RequestType !== 'Delete' || event.ResourceType !== 'Custom::RunningState') {
              return real.handle(event, deadline);
            }
            await channels.stop(String(event.ResourceProperties['ChannelId'])).catch(() => {});
            return { physicalId: event.PhysicalResourceId };
          },
        }),
      },
      /left after|could not be deleted|has not been stopped/i,
      1,
    ],
    [
      'a new physical id on every update',
      {
        channelState: (real) => ({
          ...real,
          async handle(event, deadline) {
            const outcome = await real.handle(event, deadline);
            return event.RequestType === 'Update' ? { ...outcome, physicalId: event.RequestId } : outcome;
          },
        }),
      },
      /is IDLE, not RUNNING/,
      1,
    ],
    [
      'a refusal during a rollback',
      { ownStack: (real) => ({ ...real, status: async () => 'UPDATE_IN_PROGRESS' }) },
      /the rollback failed/,
      5,
    ],
    [
      'a missing channel that counts as a failure',
      {
        channels: (real) => ({
          ...real,
          async state(id) {
            const state = await real.state(id);
            if (state === 'MISSING' || state === 'DELETED') throw new Error('NotFoundException');
            return state;
          },
        }),
      },
      /NotFound/,
      1,
    ],
    ['a hash that ignores the input', { variant: blindToInput }, /Cannot|ATTACHED|is IDLE|not RUNNING|input/i, 2],
    [
      'a rollback that does not notice the change that has just failed',
      {
        ownStack: (real) => ({
          ...real,
          async resource(logicalId) {
            const resource = await real.resource(logicalId);
            return resource && { ...resource, status: 'UPDATE_COMPLETE' };
          },
        }),
      },
      /the rollback failed/,
      5,
    ],
    ['a guard that resumes nothing', { withoutGuard: true }, /is IDLE, not RUNNING/, 3],
  ])('find %s', async (_, seeds, words, seed) => {
    expect(await found(seeds, seed)).toMatch(words);
  });
});
