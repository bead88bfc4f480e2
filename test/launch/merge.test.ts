import { describe, expect, test } from '@jest/globals';
import type { Choice, Dimension } from '../../lib/launch/dimension';
import { Merge } from '../../lib/launch/merge';
import { mergeTemplates } from '../../lib/launch/merge-templates';

const dimension = (name: string, ...options: string[]): Dimension => ({
  name,
  options: options.map((option) => ({ name: option, chosen: { 'Fn::Equals': [{ Ref: name }, option] } })),
});
const SIZE = dimension('Size', 'Small', 'Medium', 'Large');
const COLOUR = dimension('Colour', 'Red', 'Blue');
const all = (of: (size: string, colour: string) => unknown) =>
  SIZE.options.flatMap(({ name: Size }) =>
    COLOUR.options.map(({ name: Colour }) => ({ choice: { Size, Colour }, value: of(Size, Colour) as never })),
  );
const merged = (of: Parameters<typeof all>[0], refused: readonly Choice[] = []) =>
  new Merge([SIZE, COLOUR], refused).value(all(of), 'here');

/** Evaluates a merged value for a choice, as CloudFormation does. */
function chosen(value: unknown, conditions: Readonly<Record<string, unknown>>, choice: Choice): unknown {
  const holds = (of: unknown): boolean => {
    if (typeof of === 'string') return holds(conditions[of]);
    const [[name, argument] = []] = Object.entries(of as object);
    if (name === 'Condition') return holds(argument);
    if (name === 'Fn::Not') return !holds(argument[0]);
    if (name === 'Fn::And') return argument.every(holds);
    if (name === 'Fn::Or') return argument.some(holds);
    return choice[argument[0].Ref] === argument[1];
  };
  if (Array.isArray(value)) {
    return value.map((one) => chosen(one, conditions, choice)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return undefined;
  if ('Fn::If' in value) {
    const [name, yes, no] = value['Fn::If'] as readonly unknown[];
    return chosen(holds(name) ? yes : no, conditions, choice);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, chosen(one, conditions, choice)]));
}

describe('merged values', () => {
  test('stay as they are where all agree', () => {
    expect(merged(() => ({ a: [1, { Ref: 'B' }] }))).toEqual({ a: [1, { Ref: 'B' }] });
  });

  test('become a condition where they differ, and only there', () => {
    expect(merged((size) => ({ same: 1, other: { deep: size === 'Small' ? 1 : 2 } }))).toEqual({
      same: 1,
      other: { deep: { 'Fn::If': ['SizeIsSmall', 1, 2] } },
    });
  });

  test('are one object or another where both together would have two keys of which an object has one', () => {
    const bucket = { Id: 'media', S3OriginConfig: {} };
    const server = { Id: 'collector', CustomOriginConfig: {} };
    expect(merged((_, colour) => (colour === 'Red' ? bucket : server))).toEqual({
      'Fn::If': ['ColourIsBlue', server, bucket],
    });
  });

  test('are left out where they are absent', () => {
    expect(merged((_, colour) => (colour === 'Red' ? { a: 1 } : {}))).toEqual({
      a: { 'Fn::If': ['ColourIsBlue', { Ref: 'AWS::NoValue' }, 1] },
    });
  });

  test('depend on two dimensions where they do', () => {
    expect(merged((size, colour) => (size === 'Large' && colour === 'Blue' ? 1 : 2))).toEqual({
      'Fn::If': ['SizeIsLarge', { 'Fn::If': ['ColourIsBlue', 1, 2] }, 2],
    });
  });

  test('are joined part by part', () => {
    const text = (part: string) => ({ 'Fn::Join': ['', ['a', { Ref: 'B' }, part]] });
    expect(merged((_, colour) => text(colour))).toEqual({
      'Fn::Join': ['', ['a', { Ref: 'B' }, { 'Fn::If': ['ColourIsBlue', 'Blue', 'Red'] }]],
    });
  });

  test('are one list or another where they differ in length', () => {
    expect(merged((_, colour) => (colour === 'Red' ? [1] : [1, 2]))).toEqual({
      'Fn::If': ['ColourIsBlue', [1, 2], [1]],
    });
  });

  test('are joined around what they share where they have different parts', () => {
    const text = (colour: string) => ({
      'Fn::Join': ['', colour === 'Red' ? ['a,', { Ref: 'B' }, ',c'] : ['a,', { Ref: 'B' }, ',', { Ref: 'D' }, ',c']],
    });
    expect(merged((_, colour) => text(colour))).toEqual({
      'Fn::Join': [
        '',
        ['a,', { Ref: 'B' }, ',', { 'Fn::If': ['ColourIsBlue', { 'Fn::Join': ['', [{ Ref: 'D' }, ',']] }, ''] }, 'c'],
      ],
    });
  });

  test('are one list of objects with members that only some choices have, where that is shorter', () => {
    const common = { common: 'a long text that both members share' };
    const list = (size: string) => (size === 'Large' ? [common, { ...common, more: 1 }] : [{ ...common, own: size }]);
    expect(merged((size) => list(size))).toEqual([
      {
        ...common,
        own: {
          'Fn::If': ['SizeIsLarge', { Ref: 'AWS::NoValue' }, { 'Fn::If': ['SizeIsMedium', 'Medium', 'Small'] }],
        },
      },
      { 'Fn::If': ['SizeIsLarge', { ...common, more: 1 }, { Ref: 'AWS::NoValue' }] },
    ]);
  });

  test('have a condition of their own where a list is longer for another reason', () => {
    const shape = dimension('Shape', 'Round', 'Square');
    const samples = all((size, colour) => [size, colour]).flatMap(({ choice }) =>
      shape.options.map(({ name: Shape }) => ({ ...choice, Shape })),
    );
    const longer: readonly string[] = ['Small Blue Square', 'Medium Blue Square', 'Medium Red Round'];
    const list = ({ Size = '', Colour, Shape }: Choice) => {
      if (Size === 'Large') return 'no list';
      return Array.from({ length: longer.includes(`${Size} ${Colour} ${Shape}`) ? 2 : 1 }, (_, index) =>
        Object.fromEntries(Array.from({ length: 9 }, (_, key) => [`${Size}${key}`, index])),
      );
    };
    const merge = new Merge([SIZE, COLOUR, shape], []);
    const value = merge.value(
      samples.map((choice) => ({ choice, value: list(choice) })),
      'here',
    );
    for (const choice of samples) {
      expect([choice, chosen(value, merge.conditions.section, choice)]).toEqual([choice, list(choice)]);
    }
  });

  test('depend on what the whole depends on, where a part has no neighbours to show it', () => {
    const samples = [
      { choice: { Size: 'Small', Colour: 'Red' }, value: 'small red' },
      { choice: { Size: 'Small', Colour: 'Blue' }, value: 'blue' },
      { choice: { Size: 'Medium', Colour: 'Red' }, value: 'medium red' },
      { choice: { Size: 'Medium', Colour: 'Blue', Other: 'Changed' }, value: 'blue' },
    ];
    const other = dimension('Other', 'Same', 'Changed');
    const of = samples.map(({ choice, value }) => ({ choice: { Other: 'Same', ...choice }, value }));
    expect(new Merge([SIZE, COLOUR, other], []).value(of, 'here')).toEqual({
      'Fn::If': [
        'SizeIsMedium',
        { 'Fn::If': ['ColourIsBlue', 'blue', 'medium red'] },
        { 'Fn::If': ['ColourIsBlue', 'blue', 'small red'] },
      ],
    });
  });

  test('are not guessed: what depends on two dimensions that were never varied together is an error', () => {
    const value = ({ Size, Colour }: Choice) => (Size === 'Large' ? 1 : 0) + (Colour === 'Blue' ? 2 : 0);
    const samples = [
      { Size: 'Small', Colour: 'Red' },
      { Size: 'Large', Colour: 'Red' },
      { Size: 'Small', Colour: 'Blue' },
    ].map((choice) => ({ choice, value: value(choice) }));
    expect(() => new Merge([SIZE, COLOUR], []).value(samples, 'here')).toThrow(
      'here depends on Size and Colour, and there is no sample of Large + Blue',
    );
    const refused = [{ Size: 'Large', Colour: 'Blue' }];
    expect(new Merge([SIZE, COLOUR], refused).value(samples, 'here')).toEqual({
      'Fn::If': ['SizeIsLarge', 1, { 'Fn::If': ['ColourIsBlue', 2, 0] }],
    });
  });
});

describe('merged templates', () => {
  const template = (size: string, colour: string) => ({
    Resources: {
      Always: { Type: 'A', DependsOn: [...(size === 'Large' ? ['Large'] : [])] },
      ...(size === 'Large' ? { Large: { Type: 'B', Properties: { colour } } } : {}),
      ...(size === 'Large' || colour === 'Blue' ? { Either: { Type: 'C' } } : {}),
    },
    Outputs: { Out: { Value: size, Description: `is ${colour}` } },
  });

  test('have a resource where it is, under a condition', () => {
    const { sections, conditions } = mergeTemplates([SIZE, COLOUR], all(template), []);
    expect(sections['Resources']).toEqual({
      Always: { Type: 'A', DependsOn: ['Large'] },
      Large: {
        Condition: 'SizeIsLarge',
        Type: 'B',
        Properties: { colour: { 'Fn::If': ['ColourIsBlue', 'Blue', 'Red'] } },
      },
      Either: { Condition: 'HasEither', Type: 'C' },
    });
    expect(conditions.section['HasEither']).toEqual({
      'Fn::Or': [
        { 'Fn::And': [{ Condition: 'SizeIsNotLarge' }, { Condition: 'ColourIsBlue' }] },
        { Condition: 'SizeIsLarge' },
      ],
    });
  });

  test('have a resource under its own condition as well', () => {
    const conditional = all((size) => ({
      Conditions: size === 'Large' ? { Beside: true } : {},
      Resources: {
        Always: { Type: 'A' },
        ...(size === 'Large' ? { Large: { Type: 'B', Condition: 'Beside' } } : {}),
      },
    }));
    const { sections, conditions } = mergeTemplates([SIZE, COLOUR], conditional, []);
    expect(sections).toEqual({
      Conditions: { Beside: true },
      Resources: { Always: { Type: 'A' }, Large: { Type: 'B', Condition: 'HasLarge' } },
    });
    expect(conditions.section['HasLarge']).toEqual({
      'Fn::And': [{ Condition: 'Beside' }, { Condition: 'SizeIsLarge' }],
    });
  });

  test('say in a description all that it may be', () => {
    const { sections } = mergeTemplates([SIZE, COLOUR], all(template), []);
    expect(sections['Outputs']).toMatchObject({ Out: { Description: 'is Red / is Blue' } });
  });

  test('refuse a type that differs', () => {
    const differing = all((size) => ({ Resources: { One: { Type: size } } }));
    expect(() => mergeTemplates([SIZE, COLOUR], differing, [])).toThrow('Resources.One.Type differs');
  });

  test('refuse a condition that differs', () => {
    const differing = all((size) => ({ Resources: {}, Conditions: { One: size } }));
    expect(() => mergeTemplates([SIZE, COLOUR], differing, [])).toThrow('The condition One differs');
  });
});
