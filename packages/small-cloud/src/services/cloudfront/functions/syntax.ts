import { type AnyNode, type Node, type Program, parse } from 'acorn';

/** A node, and the nodes around it from the outermost to its parent. */
export type Visit = (node: AnyNode, around: readonly AnyNode[]) => void;

/** A program, or the reason why it is none. */
export type Parsed = { readonly program: Program } | { readonly problem: string };

/** Reads the code of a function. */
export function parsed(code: string): Parsed {
  try {
    return { program: parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }) };
  } catch (error) {
    return { problem: String(error) };
  }
}

/** Visits every node of a tree, each before those inside it. */
export function walk(node: Node, visit: Visit, around: readonly AnyNode[] = []): void {
  if (!isKnown(node)) return;
  visit(node, around);
  const inside = [...around, node];
  for (const value of Object.values(node)) {
    for (const item of [value].flat()) if (isNode(item)) walk(item, visit, inside);
  }
}

/** Returns true for a function of any form. */
export function isFunction(
  node: AnyNode,
): node is Extract<AnyNode, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }> {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Every node of a parsed program has one of the types that the union lists. */
function isKnown(node: Node): node is AnyNode {
  return node.type !== '';
}
