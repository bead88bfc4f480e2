import type { AnyNode, Program } from 'acorn';
import { memberProblem, strangers } from './language-library';
import { MODULE_NAMES } from './modules';
import { isFunction, parsed, walk } from './syntax';

/** Constructs that the runtime does not list, by the type of their node. */
const CONSTRUCTS: Readonly<Record<string, string>> = {
  ClassDeclaration: 'class',
  ClassExpression: 'class',
  ObjectPattern: 'destructuring',
  ArrayPattern: 'destructuring',
  AssignmentPattern: 'a default value of a parameter',
  SpreadElement: 'spread (...)',
  ForOfStatement: 'for…of',
  ChainExpression: 'optional chaining (?.)',
  YieldExpression: 'yield',
  TaggedTemplateExpression: 'a tagged template',
  ImportExpression: 'import()',
  MetaProperty: 'a meta property (import.meta, new.target)',
  ExportNamedDeclaration: 'export',
  ExportDefaultDeclaration: 'export',
  ExportAllDeclaration: 'export',
};

/**
 * Judges whether code is in the language of the runtime `cloudfront-js-2.0`: ECMAScript 5.1 and the newer features that
 * AWS lists. The runtime may accept more, but nothing else is promised.
 *
 * @returns a sentence for each construct that is not listed, with its line; empty for code without one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function languageProblems(code: string): readonly string[] {
  const read = parsed(code);
  return 'problem' in read ? [read.problem] : problemsOf(read.program);
}

/** Judges code that is read already. */
export function problemsOf(program: Program): readonly string[] {
  const found: (readonly [line: number, construct: string])[] = [];
  walk(program, (node, around) => {
    const construct = constructOf(node, around) ?? memberProblem(node);
    if (construct !== undefined) found.push([node.loc?.start.line ?? 0, construct]);
  });
  const free = strangers(program).map(({ line, name }) => [line, `the global ${name}`] as const);
  const sentences = [...found, ...free]
    .sort(([one], [other]) => one - other)
    .map(([line, construct]) => `line ${line}: ${construct} is not in the language of cloudfront-js-2.0`);
  return hasHandler(program) ? sentences : [...sentences, 'a function named handler is missing at the top level'];
}

function constructOf(node: AnyNode, around: readonly AnyNode[]): string | undefined {
  if (isFunction(node)) {
    if (node.generator) return 'a generator';
    const isInside = node.type !== 'FunctionDeclaration' || around.some(isFunction);
    return node.async && isInside ? 'an async function that is not declared at the top level' : undefined;
  }
  switch (node.type) {
    case 'Literal':
      return node.bigint === undefined ? literalProblem(node.raw ?? '', node.regex) : 'a BigInt';
    case 'TemplateElement':
      return node.value.raw.includes('\\u{') ? 'a code point escape (\\u{…})' : undefined;
    case 'Property':
      return around.at(-1)?.type === 'ObjectPattern' ? undefined : propertyProblem(node);
    case 'LogicalExpression':
      return node.operator === '??' ? 'nullish coalescing (??)' : undefined;
    case 'AssignmentExpression':
      return /^(\?\?|\|\||&&)=$/.test(node.operator) ? `logical assignment (${node.operator})` : undefined;
    case 'CatchClause':
      return node.param ? undefined : 'catch without a parameter';
    case 'AwaitExpression':
      return awaitProblem(node, around);
    case 'ImportDeclaration':
      return importProblem(node);
    default:
      return CONSTRUCTS[node.type];
  }
}

function literalProblem(raw: string, regex: { pattern: string; flags: string } | undefined): string | undefined {
  if (regex !== undefined) {
    if (/\(\?<[=!]/.test(regex.pattern)) return 'a lookbehind of a regular expression';
    return /^[gimy]*$/.test(regex.flags) ? undefined : `the flags ${regex.flags} of a regular expression`;
  }
  if (/^0[bo]/i.test(raw)) return `the number ${raw}`;
  return /^['"].*\\u\{/s.test(raw) ? 'a code point escape (\\u{…})' : undefined;
}

function propertyProblem(property: Extract<AnyNode, { type: 'Property' | 'AssignmentProperty' }>): string | undefined {
  if (property.shorthand) return 'a property without a value ({ name })';
  if (property.method) return 'a method in an object ({ name() {} })';
  return property.computed ? 'a computed name of a property ({ [name]: … })' : undefined;
}

function awaitProblem(node: AnyNode, around: readonly AnyNode[]): string | undefined {
  if (!around.some(isFunction)) return 'await outside a function';
  // "async arguments are not supported": a call that waits for one of its arguments.
  const call = around.findLast((outer) => outer.type === 'CallExpression' || isFunction(outer));
  if (call?.type !== 'CallExpression') return undefined;
  const isArgument = call.arguments.some((argument) => argument.start <= node.start && node.end <= argument.end);
  return isArgument ? 'await in an argument of a call' : undefined;
}

function importProblem(node: Extract<AnyNode, { type: 'ImportDeclaration' }>): string | undefined {
  const source = String(node.source.value);
  if (!MODULE_NAMES.includes(source)) return `the module ${source} (there are ${MODULE_NAMES.join(', ')})`;
  const [specifier, another] = node.specifiers;
  const isDefault = specifier?.type === 'ImportDefaultSpecifier' && another === undefined;
  return isDefault ? undefined : 'an import of another form than `import name from …`';
}

function hasHandler({ body }: Program): boolean {
  return body.some((node) => {
    if (node.type === 'FunctionDeclaration') return node.id.name === 'handler';
    if (node.type !== 'VariableDeclaration') return false;
    return node.declarations.some(({ id }) => id.type === 'Identifier' && id.name === 'handler');
  });
}
