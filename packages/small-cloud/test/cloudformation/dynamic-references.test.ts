import { describe, expect, test } from '@jest/globals';
import { EngineBench, things } from './engine-bench';

const SECRET = '{{resolve:secretsmanager:arn:SecretString:Word::}}';

describe('a dynamic reference to a secret', () => {
  test('is resolved for the provider, and stays a reference in the stack', async () => {
    const bench = new EngineBench();
    const stack = await bench.create(
      things({ A: { Properties: { Deep: [{ Word: { 'Fn::Join': ['', ['say ', SECRET]] } }] } } }),
      { Outputs: { Word: { Value: SECRET } } },
    );
    expect(bench.service.requests[0]?.properties).toEqual({
      Deep: [{ Word: 'say what arn:SecretString:Word:: stands for' }],
    });
    expect(stack.resources.get('A')?.properties).toEqual({ Deep: [{ Word: `say ${SECRET}` }] });
    expect(stack.outputs['Word']?.value).toBe(SECRET);
    expect(JSON.stringify([stack.events, stack.outputs, [...stack.resources]])).not.toContain('stands for');
  });
});
