import type { AnyNode, Program } from 'acorn';
import { isFunction, walk } from './syntax';

/** Name of the global that the code of a function calls again and again, to be stopped when its time is over. */
export const TICK = '$withinTime';

/** A change of code: text in place of a part of it. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Loop = Extract<
  AnyNode,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

/**
 * Rewrites code for a script of `node:vm`: imports become calls of `require`, and each loop and each function begin with a
 * call of {@link TICK}. Node's own time limit can stop a loop too, but the whole process may end when it stops one after
 * an `await`.
 */
export function runnable(code: string, program: Program): string {
  const edits: Edit[] = [];
  walk(program, (node) => edits.push(...editsOf(node)));
  edits.sort((one, other) => one.from - other.from);
  let made = "'use strict';";
  let position = 0;
  for (const { from, to, text } of edits) {
    made += code.slice(position, from) + text;
    position = to;
  }
  return made + code.slice(position);
}

function editsOf(node: AnyNode): readonly Edit[] {
  if (node.type === 'ImportDeclaration') {
    const name = node.specifiers[0]?.local.name;
    const required = `require(${JSON.stringify(node.source.value)});`;
    return [{ from: node.start, to: node.end, text: name === undefined ? required : `const ${name} = ${required}` }];
  }
  if (!isFunction(node) && !isLoop(node)) return [];
  const { body } = node;
  if (body.type === 'BlockStatement') return [insertion(body.start + 1, `${TICK}();`)];
  // A body without braces: the expression of an arrow function, or a single statement of a loop.
  const [before, after] = isFunction(node) ? [`(${TICK}(),`, ')'] : [`{${TICK}();`, '}'];
  return [insertion(body.start, before), insertion(body.end, after)];
}

function insertion(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

function isLoop(node: AnyNode): node is Loop {
  return /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type);
}
