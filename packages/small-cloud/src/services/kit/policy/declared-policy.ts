import { isObject, type PolicyDocument } from '../../../contract';
import type { PropertyReader } from '../property-reader';
import { checkPolicy } from './policy';

/**
 * Reads a property that holds a policy document, and refuses one that could not be judged later.
 *
 * @throws Error for a value that is not a policy; see {@link checkPolicy} for the rest.
 */
export function declaredPolicy(declared: PropertyReader, key: string): PolicyDocument {
  const document = declared.value(key);
  const path = declared.at(key);
  if (!isObject(document) || !('Statement' in document)) {
    throw new Error(`${path}: ${JSON.stringify(document)} was given; a policy document with a Statement is needed`);
  }
  checkPolicy(document, path);
  return document;
}
