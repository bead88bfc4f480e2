import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { rule } from '../../lib/channel/rule';

const size = z.strictObject({ width: z.int(), height: z.int() });
const described = z.strictObject({
  name: z.string(),
  sizes: z.union([z.literal('none'), z.array(size)]),
  frame: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('square'), side: z.int() })]).optional(),
});

/** Runs a rule of the schema and returns the value that it sees; undefined where it does not run. */
function seen(value: unknown): unknown {
  let seenValue: unknown;
  described
    .check(
      rule((part) => {
        seenValue = part;
      }),
    )
    .safeParse(value);
  return seenValue;
}

describe('a rule', () => {
  test('sees a valid value as it is', () => {
    const valid = { name: 'a', sizes: [{ width: 1, height: 2 }], frame: { kind: 'square', side: 3 } };
    expect(seen(valid)).toEqual(valid);
  });

  test.each([[null], [7], ['text'], [[]], [undefined]])(
    'does not run where an object is needed and %p was given',
    (value) => {
      expect(seen(value)).toBeUndefined();
    },
  );

  test('runs without the members that were refused, however deep they are', () => {
    expect(seen({ name: 7, sizes: [{ width: 'wide', height: 2 }, 'small'], frame: { kind: 'square' } })).toEqual({
      sizes: [{ height: 2 }, undefined],
      frame: { kind: 'square' },
    });
  });

  test('runs without a union of which no member was meant', () => {
    expect(seen({ name: 'a', sizes: 7, frame: { kind: 'round', side: 3 } })).toEqual({ name: 'a', frame: { side: 3 } });
  });

  test('keeps a member of the right type that another rule refused', () => {
    const small = z.array(z.int()).check(
      rule((numbers, problem) => {
        if (numbers.length > 1) problem([1], 'one number is enough');
      }),
    );
    let sum: number | undefined;
    const result = z
      .strictObject({ numbers: small })
      .check(
        rule(({ numbers = [] }) => {
          sum = numbers.reduce<number>((total, number = 0) => total + number, 0);
        }),
      )
      .safeParse({ numbers: [1, 2] });
    expect(sum).toBe(3);
    expect(result.error?.issues.map(({ path, message }) => ({ path, message }))).toEqual([
      { path: ['numbers', 1], message: 'one number is enough' },
    ]);
  });

  test('tells which members were given, those that were refused among them', () => {
    let given: unknown;
    described
      .check(
        rule((_, __, raw) => {
          given = raw.name;
        }),
      )
      .safeParse({ name: 7, sizes: 'none' });
    expect(given).toBe(7);
  });
});
