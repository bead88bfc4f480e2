import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { QueryError } from '../../api/query-protocol';
import type { Value } from '../../cloud';
import { isObject, type JsonObject } from '../../template/template';

/**
 * Reads a template as it is sent to CloudFormation: JSON, or YAML with the short forms of the intrinsic functions.
 *
 * @throws QueryError ValidationError in CloudFormation's words when it is neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function readTemplateText(text: string): JsonObject {
  const template = text.trimStart().startsWith('{') ? readJson(text) : readYaml(text);
  if (!isObject(template)) throw malformed('unsupported structure.');
  return template;
}

function readJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    // A flow mapping of YAML begins like JSON.
    try {
      return readYaml(text);
    } catch {
      throw malformed(`JSON not well-formed. ${error instanceof Error ? error.message : ''}`);
    }
  }
}

function readYaml(text: string): Value {
  // Tags that it does not know, the short forms, stay on their nodes.
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) throw malformed(`YAML not well-formed. ${problem.message.split('\n')[0]}`);
  const toValue = (node: Node | null | undefined): Value => {
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return toValue(node.resolve(document));
    return expanded(node.tag, content(node, toValue));
  };
  return toValue(document.contents as Node | null);
}

function content(node: Node, toValue: (node: Node | null | undefined) => Value): Value {
  if (isSeq<Node>(node)) return node.items.map(toValue);
  if (isMap<Node, Node>(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [String(toValue(key)), toValue(value)]));
  if (isScalar(node)) return node.value as Value;
  throw malformed('YAML not well-formed.');
}

/** `!GetAtt A.B` means `Fn::GetAtt: [A, B]`; `!Ref` and `!Condition` have no `Fn::` in their long forms. */
function expanded(tag: string | undefined, value: Value): Value {
  const name = /^!(\w+)$/.exec(tag ?? '')?.[1];
  if (name === undefined) return value;
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const [logicalId = '', ...attribute] = value.split('.');
    return { 'Fn::GetAtt': [logicalId, attribute.join('.')] };
  }
  return { [`Fn::${name}`]: value };
}

function malformed(detail: string): QueryError {
  return new QueryError('ValidationError', `Template format error: ${detail}`);
}
