import { describe, expect, test } from '@jest/globals';
import { analyticsOf } from '../../lib/channel/analytics';
import { liveStream } from '../../lib/channel/live-stream';
import { regionsOf } from '../../lib/stream/regions';
import { problems } from './problems';

const described = (analytics?: unknown) => ({ analytics, channels: [{ name: 'main', input: { kind: 'test-clip' } }] });

describe('analytics', () => {
  test('are off unless the description asks for them', () => {
    expect(analyticsOf(liveStream(described()))).toBeUndefined();
  });

  test.each([
    [true, { keepDays: 90, onDelete: 'delete-with-stack' }],
    [{}, { keepDays: 90, onDelete: 'delete-with-stack' }],
    [
      { keepDays: 3650, onDelete: 'retain' },
      { keepDays: 3650, onDelete: 'retain' },
    ],
  ])('of %j have every default filled in', (given, filled) => {
    expect(analyticsOf(liveStream(described(given)))).toEqual(filled);
  });

  test.each([
    [{ keepDays: 0 }],
    [{ keepDays: 3651 }],
    [{ keepDays: 1.5 }],
    [{ onDelete: 'keep' }],
    [{ days: 3 }],
    [false],
  ])('refuse %j', (given) => {
    const [problem, ...others] = problems(described(given));
    expect(problem).toMatch(/^analytics/);
    expect(others).toEqual([]);
  });

  test('can be had in every Region of the stack, because each has function URLs', () => {
    // https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
    const without = ['ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'me-central-1'];
    for (const origin of ['media-package', 'media-package-v1', 's3', 'media-store'] as const) {
      expect(regionsOf(origin).filter((region) => without.includes(region))).toEqual([]);
    }
  });
});
