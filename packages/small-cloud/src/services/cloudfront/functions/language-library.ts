import type { AnyNode, Program } from 'acorn';
import { isFunction, walk } from './syntax';

/** Globals that the runtime lists. */
const GLOBALS = new Set(
  [
    'Object String Number Boolean Symbol Math Date RegExp JSON Array Promise ArrayBuffer DataView',
    'Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array',
    'TextDecoder TextEncoder Buffer console require globalThis NaN Infinity undefined arguments',
    'Error EvalError InternalError RangeError ReferenceError SyntaxError TypeError URIError',
    'decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt atob btoa',
  ].flatMap((names) => names.split(' ')),
);

/** Methods of objects that have few; of `prototype` all are let through. */
const STATIC: Readonly<Record<string, string>> = {
  Object:
    'create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getPrototypeOf isExtensible isFrozen isSealed keys preventExtensions seal assign entries values prototype',
  Array: 'isArray of prototype',
  String: 'fromCharCode fromCodePoint prototype',
  Promise: 'all allSettled any reject resolve race prototype',
  JSON: 'parse stringify',
  Date: 'now parse UTC prototype',
  Symbol: 'for keyFor iterator prototype',
  console: 'log',
};

/** Methods of arrays and strings that are newer than those that the runtime lists. */
const NEWER = new Set(
  'at flat flatMap matchAll findLast findLastIndex toSorted toReversed toSpliced normalize isWellFormed toWellFormed'.split(
    ' ',
  ),
);

/** Names the method or the form of a call that the runtime does not list; undefined for any other node. */
export function memberProblem(node: AnyNode): string | undefined {
  if (node.type === 'CallExpression') return logProblem(node);
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const { name } = node.property;
  if (NEWER.has(name)) return `the method ${name}`;
  if (node.object.type !== 'Identifier' || !Object.hasOwn(STATIC, node.object.name)) return undefined;
  const listed = STATIC[node.object.name]?.split(' ') ?? [];
  return listed.includes(name) ? undefined : `${node.object.name}.${name}`;
}

/** Lists names that are neither declared in the code nor globals of the runtime, each with the line of its first use. */
export function strangers(program: Program): readonly { readonly name: string; readonly line: number }[] {
  const declared = new Set<string>();
  const used = new Map<string, number>();
  walk(program, (node, around) => {
    for (const name of declaredBy(node)) declared.add(name);
    if (node.type !== 'Identifier' || !isReference(node, around.at(-1))) return;
    if (!used.has(node.name)) used.set(node.name, node.loc?.start.line ?? 0);
  });
  return [...used]
    .filter(([name]) => !declared.has(name) && !GLOBALS.has(name))
    .map(([name, line]) => ({ name, line }));
}

function logProblem({ callee, arguments: given }: Extract<AnyNode, { type: 'CallExpression' }>): string | undefined {
  const isLog =
    callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'console';
  return isLog && given.length > 1 ? 'console.log with several arguments' : undefined;
}

function declaredBy(node: AnyNode): readonly string[] {
  const patterns: (AnyNode | null | undefined)[] = [];
  if (isFunction(node)) patterns.push(node.id, ...node.params);
  if (node.type === 'VariableDeclarator') patterns.push(node.id);
  if (node.type === 'CatchClause') patterns.push(node.param);
  if (node.type === 'ClassDeclaration') patterns.push(node.id);
  if (node.type === 'ImportDeclaration') patterns.push(...node.specifiers.map(({ local }) => local));
  return patterns.flatMap((pattern) => (pattern ? boundBy(pattern) : []));
}

/** Lists the names that a pattern binds. */
function boundBy(pattern: AnyNode): readonly string[] {
  const names: string[] = [];
  walk(pattern, (node, around) => {
    if (node.type === 'Identifier' && isReference(node, around.at(-1))) names.push(node.name);
  });
  return names;
}

/** Returns true for a name that stands for a variable, false for one of a property or of a label. */
function isReference(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'MetaProperty':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'ExportSpecifier':
      return false;
    default:
      return true;
  }
}
