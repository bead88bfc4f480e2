/** One stretch of aligned lists: what all lists have there, or the different members that each of them has. */
export type Stretch<T> =
  | { readonly kind: 'common'; readonly members: readonly T[] }
  | { readonly kind: 'different'; readonly members: readonly (readonly T[])[] };

/** A common member: its place in every list so far. */
type Places = readonly number[];

/**
 * Aligns lists by their longest common subsequence, one list after the other.
 *
 * @param identity - returns a string that is the same for equal members.
 */
export function aligned<T>(lists: readonly (readonly T[])[], identity: (member: T) => string): readonly Stretch<T>[] {
  const texts = lists.map((list) => list.map(identity));
  const [first = [], ...others] = texts;
  const common = others.reduce<readonly Places[]>(
    (known, other) => {
      const pairs = longestCommon(
        known.map(([place = 0]) => first[place] ?? ''),
        other,
      );
      return pairs.map(([index, place]) => [...(known[index] ?? []), place]);
    },
    first.map((_, place) => [place]),
  );
  const stretches: Stretch<T>[] = [];
  let from: Places = lists.map(() => 0);
  const different = (to: Places) => {
    const members = lists.map((list, index) => list.slice(from[index], to[index]));
    if (members.some(({ length }) => length > 0)) stretches.push({ kind: 'different', members });
  };
  for (const run of runs(common)) {
    const [begin = []] = run;
    const members = run.flatMap(([place = 0]) => lists[0]?.slice(place, place + 1) ?? []);
    different(begin);
    stretches.push({ kind: 'common', members });
    from = begin.map((place) => place + run.length);
  }
  different(lists.map(({ length }) => length));
  return stretches;
}

/** Groups common members that follow one another in every list. */
function runs(common: readonly Places[]): readonly (readonly Places[])[] {
  const all: Places[][] = [];
  for (const places of common) {
    const run = all.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before?.every((place, index) => place + 1 === places[index])) run.push(places);
    else all.push([places]);
  }
  return all;
}

/** Returns the places of the longest common subsequence of two lists. */
function longestCommon(one: readonly string[], other: readonly string[]): readonly (readonly [number, number])[] {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    if (one[row] === other[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
