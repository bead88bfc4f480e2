import { describe, expect, test } from '@jest/globals';
import { retagged, type Tags, withoutTags, withTags } from '../../../src/services/medialive/control/tags';

describe('tags after a change of the template', () => {
  test.each<readonly [string, Tags, Tags, Tags, Tags]>([
    ['has what it adds', {}, { a: '1' }, {}, { a: '1' }],
    ['has what it changes', { a: '1' }, { a: '2' }, { a: '1' }, { a: '2' }],
    ['has no more what it takes away', { a: '1', b: '2' }, { b: '2' }, { a: '1', b: '2' }, { b: '2' }],
    ['keeps what the API put on', { a: '1', api: 'x' }, { b: '2' }, { a: '1' }, { api: 'x', b: '2' }],
    ['keeps what the API changed, and the template did not', { a: 'api' }, { a: '1' }, { a: '1' }, { a: 'api' }],
    ['leaves off what the API took away', {}, { a: '1' }, { a: '1' }, {}],
  ])('%s', (...[, current, template, previous, after]) => {
    expect(retagged(current, template, previous)).toEqual(after);
  });
});

describe('tags put on by the API', () => {
  test('are added and replaced, and taken off by key', () => {
    expect(withTags({ a: '1', b: '2' }, { b: '3', c: '' })).toEqual({ a: '1', b: '3', c: '' });
    expect(withoutTags({ a: '1', b: '2' }, ['b', 'z'])).toEqual({ a: '1' });
  });

  test.each<readonly [string, Tags, string]>([
    ['an empty key', { '': 'x' }, '1 to 128 characters'],
    ['a key that is too long', { ['k'.repeat(129)]: 'x' }, '1 to 128 characters'],
    ["AWS's own keys", { 'aws:cloudformation:stack-id': 'x' }, "AWS's own"],
    ['a value that is too long', { a: 'x'.repeat(257) }, 'longer than 256'],
    [
      'more than fifty',
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ''])),
      'would have 51; at most 50',
    ],
  ])('refuses %s', (_what, tags, sentence) => {
    expect(() => withTags({}, tags)).toThrow(expect.objectContaining({ code: 'BadRequestException' }));
    expect(() => withTags({}, tags)).toThrow(sentence);
  });
});
