import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { isDeeperThan, isObject, type JsonObject, type Value } from '../../contract';
import { QueryError } from '../../services/kit/query-protocol';
import { DEEPEST } from '../../template/read-template';

/**
 * Limit of characters in a template with its aliases written out. Without it, a few hundred bytes of nested aliases would
 * fill the memory. CloudFormation takes templates of a million bytes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LONGEST = 1_000_000;
/** Limit of open brackets, and of columns before a line's first word: four times the levels, since some are in strings. */
const MOST_OPEN = 4 * DEEPEST;

/**
 * Reads the text of a template: JSON, or YAML with the short forms of the intrinsic functions.
 *
 * @throws QueryError ValidationError in CloudFormation's words when it is neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function readTemplateText(text: string): JsonObject {
  const template = text.trimStart().startsWith('{') ? readJson(text) : readYaml(text);
  if (!isObject(template)) throw malformed('unsupported structure.');
  if (isDeeperThan(template, DEEPEST)) throw tooDeep();
  return template;
}

function readJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    // A YAML flow mapping begins like JSON.
    try {
      return readYaml(text);
    } catch {
      throw malformed(`JSON not well-formed. ${error instanceof Error ? error.message : ''}`);
    }
  }
}

function readYaml(text: string): Value {
  if (looksTooDeep(text)) throw tooDeep();
  // The parser leaves unknown tags, such as the short forms, on their nodes.
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) throw malformed(`YAML not well-formed. ${problem.message.split('\n')[0]}`);
  let left = LONGEST;
  const targets = new Map<Node, Node | undefined>();
  const toValue = (node: Node | null | undefined): Value => {
    left -= isScalar(node) ? String(node.value).length + 1 : 1;
    if (left < 0) throw malformed(`with its aliases written out it has more than ${LONGEST} characters.`);
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      const target = targets.get(node) ?? node.resolve(document);
      targets.set(node, target);
      return toValue(target);
    }
    return expanded(node.tag, content(node, toValue));
  };
  return toValue(document.contents as Node | null);
}

/**
 * Returns true if the brackets or the line starts of a YAML text suggest endless nesting. The parser is recursive, and
 * an overflow of its stack may end the Node.js process.
 */
function looksTooDeep(text: string): boolean {
  let open = 0;
  for (const line of text.split('\n')) {
    if ((/^[\s?:-]*/.exec(line)?.[0].length ?? 0) > MOST_OPEN) return true;
    for (const [character] of line.matchAll(/[[\]{}]/g)) {
      open = character === '[' || character === '{' ? open + 1 : Math.max(0, open - 1);
      if (open > MOST_OPEN) return true;
    }
  }
  return false;
}

function content(node: Node, toValue: (node: Node | null | undefined) => Value): Value {
  if (isSeq<Node>(node)) return node.items.map(toValue);
  if (isMap<Node, Node>(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [String(toValue(key)), toValue(value)]));
  }
  if (isScalar(node)) return node.value as Value;
  throw malformed('YAML not well-formed.');
}

/** Expands a short form: `!GetAtt A.B` is `Fn::GetAtt: [A, B]`; `!Ref` and `!Condition` have no `Fn::` in their long forms. */
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

function tooDeep(): QueryError {
  return malformed(`it is nested more than ${DEEPEST} levels deep.`);
}

function malformed(detail: string): QueryError {
  return new QueryError('ValidationError', `Template format error: ${detail}`);
}
