import { intrinsic, isObject, type Json, type JsonObject } from './json';

/** A value that the launcher types. In the templates that are merged, something recognizable stands in its place. */
export interface FreeText {
  /** What stands in its place: a valid value of its kind that occurs nowhere else. */
  readonly placeholder: string | number;
  /** What stands there in the launch template. */
  readonly value: Json;
  /** When a member of a list that holds it is there. @default always */
  readonly condition?: string;
}

/** Puts what the launcher types in the place of what stood for it, everywhere. */
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

/** The texts that occur in a value. */
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

/** A joined text as its parts, so that one joined text does not stand in another. */
function parts(value: Json): readonly Json[] {
  const [name, argument] = intrinsic(value) ?? [];
  const isPlainJoin = name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '';
  return isPlainJoin && Array.isArray(argument[1]) ? argument[1] : [value];
}

/** A member of a list that is there only when its text is given. */
function optional(replaced: Json, member: Json, texts: readonly FreeText[]): Json {
  const condition = isObject(member) ? ownText(member, texts)?.condition : undefined;
  return condition === undefined ? replaced : { 'Fn::If': [condition, replaced, { Ref: 'AWS::NoValue' }] };
}

function ownText(member: JsonObject, texts: readonly FreeText[]): FreeText | undefined {
  return texts.find(({ placeholder }) => Object.values(member).some((value) => value === placeholder));
}

/** Where a placeholder stands in a longer text. The digits of a number are not looked for in those of another. */
function search(placeholder: string | number): RegExp {
  const literal = String(placeholder).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(typeof placeholder === 'number' ? `(?<![\\w.])${literal}(?![\\w.])` : literal);
}
