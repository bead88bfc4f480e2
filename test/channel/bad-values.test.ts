import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { optionPaths } from '../../bin/docs/configuration/options';
import { type BadValue, GARBAGE, outOfRange, wrongTypes } from './bad-values';
import { everyOption, type Place, SOUND } from './every-option';
import { problems } from './problems';

const { places, groups } = everyOption();

/** Finds fault with the sentence about a bad value: it must name the path, what was given, and the rule. */
function missing(place: Place, { value, called }: BadValue): readonly string[] {
  const sentences = problems(place.with(value));
  // A sentence does not show what may be a secret.
  const shown = /pass(word|phrase)/i.test(place.path)
    ? 'what was given is not shown, as it may be a secret itself'
    : `${called} was given`;
  const due = `${place.path}: ${shown}; `;
  const fits = sentences.some(
    (sentence) =>
      sentence.startsWith(due) && sentence.length > due.length && !/invalid|expected|received|zod/i.test(sentence),
  );
  return fits ? [] : [`${due}…, but it says: ${sentences.join(' | ') || 'nothing'}`];
}

describe('the walk over the schema', () => {
  test('finds every option that docs/configuration.md has', () => {
    const documented = new Set(places.map((place) => place.documented));
    expect(optionPaths().filter((path) => !documented.has(path))).toEqual([]);
    expect(places.length).toBeGreaterThan(100);
  });

  test('accepts the base description that the bad values start from', () => {
    expect(problems(SOUND)).toEqual([]);
  });
});

describe('every option', () => {
  test('refuses null and values of another type, by path, value and rule', () => {
    expect(places.flatMap((place) => wrongTypes(place.schema).flatMap((bad) => missing(place, bad)))).toEqual([]);
  });

  test('that is required is reported as missing when it is left out', () => {
    const wrong = places.flatMap((place) => {
      const about = problems(place.with(undefined)).filter((sentence) => sentence.startsWith(`${place.path}: `));
      return about.filter(
        (sentence) => !/ (is missing(;| where)|what was given is not shown|tracks are told apart by)/.test(sentence),
      );
    });
    expect(wrong).toEqual([]);
  });

  test('refuses values out of its range', () => {
    const cases = places.map((place) => ({ place, values: outOfRange(place.schema) }));
    expect(cases.flatMap(({ values }) => values).length).toBeGreaterThan(50);
    expect(cases.flatMap(({ place, values }) => values.flatMap((bad) => missing(place, bad)))).toEqual([]);
  });

  test('that is a string refuses garbage', () => {
    const texts = places.filter(({ schema }) => schema instanceof z.ZodString);
    expect(texts.length).toBeGreaterThan(10);
    const takesAll = texts.filter((place) =>
      GARBAGE.every((value) => !problems(place.with(value)).some((sentence) => sentence.startsWith(`${place.path}: `))),
    );
    expect(takesAll.map(({ path }) => path)).toEqual([]);
  });

  test('quotes garbage briefly, and without control characters that a terminal would obey', () => {
    const sentences = places.flatMap((place) =>
      [...GARBAGE, '\u001b[2J'].flatMap((value) => problems(place.with(value))),
    );
    expect(sentences.filter((sentence) => sentence.length > 600 || /\p{Cc}/u.test(sentence))).toEqual([]);
  });

  test('refuses values that cannot be written as a string, with a sentence', () => {
    const values = [{ toString: 1 }, Object.assign(Object.create(null), { no: 1 }), deep(6_000)];
    const silent = places.filter((place) => values.some((value) => problems(place.with(value)).length === 0));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test('that is a list with bounds refuses an empty list and an endless one, and throws nothing else', () => {
    for (const place of places.filter(({ schema }) => schema instanceof z.ZodArray)) {
      for (const list of [[], Array(100).fill(null), [[]], [undefined]]) problems(place.with(list));
      expect(problems(place.with(Array(10_000).fill('x')))).toContainEqual(expect.stringContaining(place.path));
    }
  });

  test('refuses an unknown key beside it', () => {
    const wrong = groups.flatMap((group) => {
      const due = `${group.path === '' ? '' : `${group.path}.`}noSuchOption: there is no such option; see docs/configuration.md`;
      const sentences = problems(group.with({ noSuchOption: 1 }));
      return sentences.includes(due) ? [] : [`${due}, but it says: ${sentences.join(' | ') || 'nothing'}`];
    });
    expect(groups.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });
});

describe('every group of options', () => {
  test('reports all its bad options at once, and the key that does not exist', () => {
    const wrong = groups.flatMap(({ path, options, with: described }) => {
      const below = path === '' ? '' : `${path}.`;
      const sentences = problems(described(Object.fromEntries([...options, 'noSuchOption'].map((key) => [key, null]))));
      return [...options.map((key) => `${below}${key}: `), `${below}noSuchOption: there is no such option`]
        .filter((due) => !sentences.some((sentence) => sentence.startsWith(due)))
        .map((due) => `${due}…, but it says: ${sentences.join(' | ') || 'nothing'}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a description', () => {
  test.each([
    [null, 'null'],
    [42, '42'],
    ['text', '"text"'],
    [[], 'a list'],
    [undefined, undefined],
  ])('that is %p is refused', (description, called) => {
    expect(problems(description)).toEqual([
      called === undefined
        ? 'the description: is missing; an object is needed'
        : `the description: ${called} was given; an object is needed`,
    ]);
  });

  test('with many bad values is refused with all of them at once', () => {
    const bad = {
      origin: null,
      edge: { originShield: 'yes', corsOrigins: [null], noSuchOption: 1 },
      interruption: 42,
      channels: [
        null,
        { name: null, input: null, ladder: null, latency: null, running: null, redundancy: null, noSuchOption: null },
        { name: 'ok', input: { kind: null }, audio: { bitrate: 1 }, autoStop: 42, schedule: [] },
      ],
    };
    const beginnings = [
      'origin: null was given; ',
      'edge.originShield: "yes" was given; ',
      'edge.corsOrigins[0]: null was given; ',
      'edge.noSuchOption: there is no such option',
      'interruption: 42 was given; ',
      'channels[0]: null was given; ',
      ...['name', 'input', 'ladder', 'latency', 'running', 'redundancy'].map(
        (key) => `channels[1].${key}: null was given; `,
      ),
      'channels[1].noSuchOption: there is no such option',
      'channels[2].input.kind: null was given; ',
      'channels[2].audio.bitrate: 1 was given; ',
      'channels[2].autoStop: 42 was given; ',
      'channels[2].schedule: a list was given; ',
    ];
    const sentences = problems(bad);
    for (const beginning of beginnings) expect(sentences).toContainEqual(expect.stringMatching(literally(beginning)));
    expect(sentences).toHaveLength(beginnings.length);
  });
});

/** Nests a list in lists. */
function deep(levels: number): unknown {
  let list: unknown = [];
  for (let level = 0; level < levels; level++) list = [list];
  return list;
}

function literally(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.[\]"]/g, '\\$&')}`);
}
