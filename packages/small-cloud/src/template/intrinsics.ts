import { isList, isObject, UnsupportedError } from '../contract';
import { argumentList, getAttTarget, ifArm, needsLanguageExtensions, refuse, textOf } from './intrinsic-call';
import { base64, join, split, sub, toJsonString } from './intrinsics-text';
import type { Intrinsic } from './scope';

/**
 * `{ "Ref": "Bucket" }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
 */
const ref: Intrinsic = {
  name: 'Ref',
  evaluate: (argument, at, scope) => scope.ref(textOf(argument, at), at),
};

/**
 * `{ "Fn::GetAtt": ["Bucket", "Arn"] }` or `{ "Fn::GetAtt": "Bucket.Arn" }`; the attribute may hold dots itself.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html
 */
const getAtt: Intrinsic = {
  name: 'Fn::GetAtt',
  evaluate(argument, at, scope) {
    const [logicalId, attribute] = getAttTarget(argument, at);
    return scope.attribute(logicalId, textOf(scope.resolve(attribute, at), at), at);
  },
};

/**
 * `{ "Fn::Select": [0, ["a", "b"]] }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
const select: Intrinsic = {
  name: 'Fn::Select',
  evaluate(argument, at, scope) {
    const sentence = 'Fn::Select requires a list argument with two elements: an integer index and a list';
    const [first, second] = argumentList(argument, [2, 2], at, sentence);
    const index = textOf(scope.resolve(first ?? '', at), at);
    const list = scope.resolve(second ?? [], at);
    if (!/^\d+$/.test(index) || !isList(list)) return refuse(at, sentence);
    return list[Number(index)] ?? refuse(at, `Fn::Select cannot select nonexistent value at index ${index}`);
  },
};

/**
 * `{ "Fn::If": ["Condition", then, otherwise] }`: evaluates one arm only.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
const choose: Intrinsic = {
  name: 'Fn::If',
  evaluate: (argument, at, scope) => {
    const { taken, index } = ifArm(argument, at, (name) => scope.condition(name, at));
    return scope.resolve(taken, `${at}.${index}`);
  },
};

/**
 * `{ "Fn::FindInMap": ["Map", "Top", "Second"] }`; with language extensions a fourth argument `{ "DefaultValue": … }`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
const findInMap: Intrinsic = {
  name: 'Fn::FindInMap',
  evaluate(argument, at, scope) {
    const sentence = 'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute';
    const [map = '', top = '', second = '', options] = argumentList(argument, [3, 4], at, sentence);
    const [mapName, topKey, secondKey] = [map, top, second].map((key) => textOf(scope.resolve(key, at), at));
    const row = scope.mappings[mapName ?? '']?.[topKey ?? ''];
    const found = isObject(row) ? row[secondKey ?? ''] : undefined;
    if (found !== undefined) return found;
    if (!isObject(options) || options['DefaultValue'] === undefined) {
      return refuse(at, `Unable to get mapping for ${mapName}::${topKey}::${secondKey}`);
    }
    needsLanguageExtensions('the DefaultValue of Fn::FindInMap', at, scope);
    return scope.resolve(options['DefaultValue'], `${at}.DefaultValue`);
  },
};

/**
 * `{ "Fn::GetAZs": "" }`: three zones, the minimum of most Regions.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
const getAZs: Intrinsic = {
  name: 'Fn::GetAZs',
  evaluate(argument, at, scope) {
    const region = textOf(scope.resolve(argument, at), at) || scope.region;
    return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  },
};

/**
 * `{ "Fn::Length": ["a", "b"] }`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html
 */
const length: Intrinsic = {
  name: 'Fn::Length',
  evaluate(argument, at, scope) {
    needsLanguageExtensions('Fn::Length', at, scope);
    const list = scope.resolve(argument, at);
    return isList(list) ? list.length : refuse(at, 'Fn::Length requires a list');
  },
};

/** Makes an intrinsic that the local run refuses, with advice. */
function refused(name: string, advice: string): Intrinsic {
  return {
    name,
    evaluate: (_, at) => {
      throw new UnsupportedError(`${name} (at ${at}): ${advice}`);
    },
  };
}

/** Refuses a condition function in place of a value: CloudFormation allows these in Conditions and Rules only. */
function conditionOnly(name: string): Intrinsic {
  return {
    name,
    evaluate: (_, at) => refuse(at, `${name} may stand in Conditions only; name the condition in an Fn::If`),
  };
}

/** Every intrinsic by its name. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  [
    ref,
    getAtt,
    sub,
    join,
    split,
    select,
    choose,
    findInMap,
    base64,
    getAZs,
    length,
    toJsonString,
    refused('Fn::ImportValue', 'imports from another stack are not modelled; pass a parameter instead'),
    refused('Fn::Transform', 'macros run inside AWS; give the expanded template'),
    ...['Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'].map(conditionOnly),
  ].map((intrinsic) => [intrinsic.name, intrinsic]),
);
