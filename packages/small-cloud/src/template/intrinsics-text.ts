import { isList, type Value } from '../contract';
import {
  argumentList,
  bounded,
  needsLanguageExtensions,
  refuse,
  splitAtDot,
  subArguments,
  textOf,
} from './intrinsic-call';
import type { Intrinsic } from './scope';
import { subPieces } from './sub';

/**
 * `{ "Fn::Sub": "https://${Bucket}" }` or `{ "Fn::Sub": ["https://${Host}", { "Host": … }] }`; evaluates only the names
 * in the string.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const sub: Intrinsic = {
  name: 'Fn::Sub',
  evaluate(argument, at, scope) {
    const [text, map] = subArguments(argument, at);
    const named = (name: string): Value | undefined => {
      const own = map[name];
      if (own !== undefined) return scope.resolve(own, `${at}.${name}`);
      const [logicalId, attribute] = splitAtDot(name);
      return attribute === undefined ? scope.ref(name, at) : scope.attribute(logicalId, attribute, at);
    };
    // Each name is evaluated once, however often it occurs: nested names would double the work at each level.
    const texts = new Map<string, string>();
    const textFor = (name: string) => {
      const made = texts.get(name) ?? textOf(named(name), `${at} \${${name}}`);
      texts.set(name, made);
      return made;
    };
    return bounded(
      subPieces(text).map((piece) => ('literal' in piece ? piece.literal : textFor(piece.name))),
      at,
    ).join('');
  },
};

/**
 * `{ "Fn::Join": ["-", ["a", { "Ref": "B" }]] }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export const join: Intrinsic = {
  name: 'Fn::Join',
  evaluate(argument, at, scope) {
    const sentence =
      'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
    const [delimiter, list] = argumentList(argument, [2, 2], at, sentence);
    const items = scope.resolve(list ?? [], at);
    if (typeof delimiter !== 'string' || !isList(items)) return refuse(at, sentence);
    const texts = items.map((item) => textOf(item, at));
    return bounded([delimiter.repeat(Math.min(texts.length, 1000)), ...texts], at)
      .slice(1)
      .join(delimiter);
  },
};

/**
 * `{ "Fn::Split": ["/", { "Ref": "Url" }] }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
export const split: Intrinsic = {
  name: 'Fn::Split',
  evaluate(argument, at, scope) {
    const sentence =
      'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
    const [delimiter, text] = argumentList(argument, [2, 2], at, sentence);
    if (typeof delimiter !== 'string' || delimiter === '') return refuse(at, sentence);
    return textOf(scope.resolve(text ?? '', at), at).split(delimiter);
  },
};

/**
 * `{ "Fn::Base64": "text" }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html
 */
export const base64: Intrinsic = {
  name: 'Fn::Base64',
  evaluate: (argument, at, scope) => Buffer.from(textOf(scope.resolve(argument, at), at)).toString('base64'),
};

/**
 * `{ "Fn::ToJsonString": { "a": 1 } }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
export const toJsonString: Intrinsic = {
  name: 'Fn::ToJsonString',
  evaluate(argument, at, scope) {
    needsLanguageExtensions('Fn::ToJsonString', at, scope);
    const value = scope.resolve(argument, at);
    return typeof value === 'object'
      ? JSON.stringify(value)
      : refuse(at, 'Fn::ToJsonString requires an object or a list');
  },
};
