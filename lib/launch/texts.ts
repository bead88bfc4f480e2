import { intrinsic, isObject, type Json, type JsonObject } from './json';

/** A value that the operator types. In the templates that are merged, a placeholder stands in its place. */
export interface FreeText {
  /** Placeholder: a valid value of its kind that occurs nowhere else. */
  readonly placeholder: string | number;
  /** Value in the launch template. */
  readonly value: Json;
  /** Condition of a list member that contains it. @default none */
  readonly condition?: string;
}

/** Replaces all placeholders by the values that the operator types. */
export function withTexts(value: Json, texts: readonly FreeText[]): Json {
  if (typeof value === 'number' || typeof value === 'string') return text(value, texts);
  if (Array.isArray(value)) return value.map((member) => optional(withTexts(member, texts), member, texts));
  if (!isObject(value)) return value;
  const replaced = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, texts)]));
  const [name, argument] = intrinsic(replaced) ?? [];
  return name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])
    ? { 'Fn::Join': [argument[0] ?? '', argument[1].flatMap(parts)] }
    : replaced;
}

/** Returns the typed values whose placeholders occur in a value. */
export function textsIn(value: Json, texts: readonly FreeText[]): readonly FreeText[] {
  const all = JSON.stringify(value);
  return texts.filter(({ placeholder }) => search(placeholder).test(all));
}

function text(value: string | number, texts: readonly FreeText[]): Json {
  const whole = texts.find(({ placeholder }) => String(placeholder) === String(value));
  if (whole !== undefined) return whole.value;
  if (typeof value === 'number') return value;
  for (const { placeholder, value: inserted } of texts) {
    const found = search(placeholder).exec(value);
    if (found === null) continue;
    const around = [value.slice(0, found.index), inserted, value.slice(found.index + found[0].length)];
    const joined = around.flatMap((part) => (typeof part === 'string' ? parts(text(part, texts)) : [part]));
    return { 'Fn::Join': ['', joined.filter((part) => part !== '')] };
  }
  return value;
}

/** Returns the parts of a joined string, so that joins are not nested. */
function parts(value: Json): readonly Json[] {
  const [name, argument] = intrinsic(value) ?? [];
  const isPlainJoin = name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '';
  return isPlainJoin && Array.isArray(argument[1]) ? argument[1] : [value];
}

/** Makes a member of a list conditional on its typed value, where this may be left out. */
function optional(replaced: Json, member: Json, texts: readonly FreeText[]): Json {
  const condition = isObject(member) ? ownText(member, texts)?.condition : undefined;
  return condition === undefined ? replaced : { 'Fn::If': [condition, replaced, { Ref: 'AWS::NoValue' }] };
}

function ownText(member: JsonObject, texts: readonly FreeText[]): FreeText | undefined {
  return texts.find(({ placeholder }) => Object.values(member).some((value) => value === placeholder));
}

/** Returns an expression that finds a placeholder in a longer string. A number is not found inside another number. */
function search(placeholder: string | number): RegExp {
  const literal = String(placeholder).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(typeof placeholder === 'number' ? `(?<![\\w.])${literal}(?![\\w.])` : literal);
}
