import { describe, expect, test } from '@jest/globals';
import type { Value } from '../../src/contract';
import { PropertyReader } from '../../src/services/kit/property-reader';

const read = (value: Value) => new PropertyReader(value, 'Edge');

describe('a reader of properties', () => {
  test('takes numbers and Booleans as strings, as CloudFormation does', () => {
    const properties = read({ Port: '80', On: 'true', Name: 7 });
    expect([properties.number('Port'), properties.flag('On'), properties.text('Name')]).toEqual([80, true, '7']);
    expect(() => properties.end()).not.toThrow();
  });

  test('takes one string for a list of one', () => {
    expect(read({ Names: 'a' }).texts('Names')).toEqual(['a']);
  });

  test('reads a map, and the objects of a list by their paths', () => {
    const properties = read({ Tags: { a: 1 }, Origins: [{ Id: 'x' }, { Id: 'y' }] });
    expect(properties.map('Tags')).toEqual({ a: '1' });
    expect(properties.list('Origins').map((origin) => `${origin.path} ${origin.text('Id')}`)).toEqual([
      'Edge.Origins[0] x',
      'Edge.Origins[1] y',
    ]);
  });

  test('is the same for an object that is read twice, so that nothing counts as unread', () => {
    const properties = read({ Inner: { A: 'a', B: 'b' } });
    properties.part('Inner').text('A');
    properties.part('Inner').text('B');
    expect(() => properties.end()).not.toThrow();
  });

  test('tells a property that says nothing from one that is there', () => {
    const properties = read({ Empty: {}, Nothing: null });
    expect([properties.has('Empty'), properties.holds('Empty'), properties.holds('Nothing')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each<[string, Value, (properties: PropertyReader) => unknown, string]>([
    ['a missing string', {}, (p) => p.text('Name'), 'Edge.Name is missing'],
    ['a list for a string', { Name: [] }, (p) => p.text('Name'), 'Edge.Name: [] was given; a string is needed'],
    ['a number that is not one', { N: 'x' }, (p) => p.number('N'), 'Edge.N: "x" was given; a number is needed'],
    ['a number out of range', { N: 3 }, (p) => p.whole('N', 0, 2, 0), '3 was given; a whole number from 0 to 2 is'],
    ['a Boolean that is not one', { On: 'yes' }, (p) => p.flag('On'), 'Edge.On: "yes" was given; true or false'],
    ['a string for an object', { In: 'x' }, (p) => p.part('In'), 'Edge.In: "x" was given; an object is needed'],
    ['strings for objects', { In: ['x'] }, (p) => p.list('In'), 'a list of objects is needed'],
    ['no object where one is needed', { In: [] }, (p) => p.one('In'), 'Edge.In: none given; one is needed'],
    ['more than one object', { In: [{}, {}] }, (p) => p.one('In'), 'Edge.In[1] is not modelled by the local run'],
    ['a value that is not modelled', { On: 'c' }, (p) => p.oneOf('On', ['a', 'b']), 'Edge.On: c is not modelled'],
    ['a property that nobody read', { Nmae: '' }, (p) => p.end(), 'Edge.Nmae is not modelled by the local run. Leave'],
    ['a full value where only an empty one is taken', { A: [1] }, (p) => p.onlyEmpty('A'), 'Edge.A is not modelled'],
  ])('refuses %s', (_, value, use, sentence) => {
    expect(() => use(read(value))).toThrow(sentence);
  });

  test('refuses a list in place of an object', () => {
    expect(() => read([])).toThrow('Edge: [] was given; an object is needed');
  });
});

describe('a reader with a table of settings without effect', () => {
  const accepted = { 'Edge.List[].Mode': { why: 'nothing depends on it', only: ['A'] } } as const;

  test('names the settings that it accepts, and skips those that say nothing', () => {
    const properties = read({ List: [{ Mode: 'A', Rest: '' }, { Mode: 'A' }] });
    properties.list('List');
    expect(properties.finish(accepted)).toEqual(['Edge.List[].Mode']);
  });

  test.each([
    ['another value', { Mode: 'B' }, 'Edge.List[0].Mode: "B" is not modelled by the local run; it knows A'],
    ['another setting', { Kind: 'A' }, 'Edge.List[0].Kind is not modelled'],
  ])('refuses %s', (_, member, sentence) => {
    const properties = read({ List: [member] });
    properties.list('List');
    expect(() => properties.finish(accepted)).toThrow(sentence);
  });
});
