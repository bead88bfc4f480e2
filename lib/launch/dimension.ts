import type { Json } from './json';

/** One way in which templates differ: a closed set of options. The parameters choose one of them. */
export interface Dimension {
  /** Part of the names of conditions: letters and digits. */
  readonly name: string;
  /** The first one is the default. */
  readonly options: readonly DimensionOption[];
}

/** An option, and the condition on which the parameters choose it. */
export interface DimensionOption {
  /** Letters and digits. */
  readonly name: string;
  /** A condition expression over parameters. */
  readonly chosen: Json;
}

/** A choice: the name of an option for each dimension. */
export type Choice = Readonly<Record<string, string>>;

/** A value for a choice. */
export interface Sample<T> {
  readonly choice: Choice;
  readonly value: T;
}

/** Returns the default option of every dimension. */
export function defaults(dimensions: readonly Dimension[]): Choice {
  return Object.fromEntries(dimensions.map(({ name, options }) => [name, options[0]?.name ?? '']));
}

/** Returns all choices that vary these dimensions and leave the others at their defaults. */
export function product(dimensions: readonly Dimension[], varied: readonly string[]): readonly Choice[] {
  return varied.reduce<readonly Choice[]>(
    (choices, name) => {
      const options = dimensions.find((dimension) => dimension.name === name)?.options ?? [];
      return choices.flatMap((choice) => options.map((option) => ({ ...choice, [name]: option.name })));
    },
    [defaults(dimensions)],
  );
}

/** Returns the dimensions on which samples depend: two samples differ that differ in nothing else. */
export function dependencies<T>(
  dimensions: readonly Dimension[],
  samples: readonly Sample<T>[],
  identity: (value: T) => string,
): readonly string[] {
  return dimensions
    .map(({ name }) => name)
    .filter((name) => {
      const first = new Map<string, string>();
      return samples.some(({ choice, value }) => {
        const others = JSON.stringify({ ...choice, [name]: '' });
        const known = first.get(others);
        if (known === undefined) first.set(others, identity(value));
        return known !== undefined && known !== identity(value);
      });
    });
}
