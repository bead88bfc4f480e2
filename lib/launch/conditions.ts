import { inParts } from '../stream/in-parts';
import type { Dimension } from './dimension';
import type { Json, JsonObject } from './json';

/** CloudFormation's limit for Fn::And and Fn::Or. */
const MOST_MEMBERS = 10;

/** Condition of a presence: always, never, or by an expression. */
export type Presence = boolean | Json;

/** The Conditions section. A condition is added when it is first asked for. */
export class Conditions {
  private readonly named = new Map<string, Json>();

  constructor(private readonly dimensions: readonly Dimension[]) {}

  /** The section of the template. */
  get section(): JsonObject {
    return Object.fromEntries([...this.named].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** Returns the name of the condition that one of these options of a dimension is chosen. */
  oneOf(dimension: string, options: readonly string[]): string {
    const { options: all } = this.dimension(dimension);
    const chosen = all.filter(({ name }) => options.includes(name));
    const others = all.filter(({ name }) => !options.includes(name));
    const [only] = chosen;
    if (chosen.length === 1 && only !== undefined) return this.add(`${dimension}Is${only.name}`, only.chosen);
    const names = (of: typeof all) => of.map(({ name }) => ({ Condition: this.oneOf(dimension, [name]) }));
    if (others.length < chosen.length) {
      const name = `${dimension}IsNot${others.map((option) => option.name).join('Nor')}`;
      return this.add(name, { 'Fn::Not': [or(names(others))] });
    }
    return this.add(`${dimension}Is${chosen.map(({ name }) => name).join('Or')}`, or(names(chosen)));
  }

  /**
   * Returns the name of a condition with this expression. An existing one keeps its first name, and a name that another
   * expression has gets a longer end: the same place of a template differs in one way by one option, in another by another.
   */
  expression(name: string, expression: Json): string {
    const text = JSON.stringify(expression);
    const known = /^\{"Condition":"(\w+)"\}$/.exec(text)?.[1];
    if (known !== undefined) return known;
    for (const [other, its] of this.named) if (JSON.stringify(its) === text) return other;
    let free = name;
    while (this.named.has(free)) free += 'Too';
    return this.add(free, expression);
  }

  private add(name: string, expression: Json): string {
    this.named.set(name, expression);
    return name;
  }

  private dimension(name: string): Dimension {
    const found = this.dimensions.find((dimension) => dimension.name === name);
    if (found === undefined) throw new Error(`There is no dimension ${name}`);
    return found;
  }
}

/** Returns an expression that is true when any of these is, in groups where they exceed CloudFormation's limit. */
export function or(members: readonly Json[]): Json {
  const [only] = members;
  if (members.length === 1 && only !== undefined) return only;
  if (members.length <= MOST_MEMBERS) return { 'Fn::Or': members };
  return or(inParts(members, MOST_MEMBERS).map(or));
}
