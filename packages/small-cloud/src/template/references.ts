import { isList, isObject, type Value } from '../contract';
import { getAttTarget, ifArm, intrinsicCall, splitAtDot, subArguments } from './intrinsic-call';
import { subPieces } from './sub';

/**
 * Lists every name that a value refers to by Ref, Fn::GetAtt or Fn::Sub: parameters, pseudo parameters and resources.
 * Looks only at the chosen arm of an Fn::If.
 *
 * @param holds - returns the truth of a named condition.
 */
export function references(value: Value, at: string, holds: (condition: string) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (inner: Value, place: string): void => {
    if (isList(inner)) {
      inner.forEach((item, index) => {
        walk(item, `${place}.${index}`);
      });
      return;
    }
    if (!isObject(inner)) return;
    const [name, argument] = intrinsicCall(inner, place) ?? [];
    if (name === undefined || argument === undefined) {
      for (const [key, item] of Object.entries(inner)) walk(item, `${place}.${key}`);
    } else if (name === 'Ref') {
      if (typeof argument === 'string') names.add(argument);
    } else if (name === 'Fn::GetAtt') {
      const [logicalId, attribute] = getAttTarget(argument, place);
      names.add(logicalId);
      walk(attribute, place);
    } else if (name === 'Fn::Sub') {
      const [text, map] = subArguments(argument, place);
      for (const piece of subPieces(text)) {
        if ('literal' in piece) continue;
        const own = map[piece.name];
        if (own === undefined) names.add(splitAtDot(piece.name)[0]);
        else walk(own, place);
      }
    } else if (name === 'Fn::If') {
      const { taken, index } = ifArm(argument, place, holds);
      walk(taken, `${place}.${index}`);
    } else {
      walk(argument, `${place}.${name}`);
    }
  };
  walk(value, at);
  return names;
}
