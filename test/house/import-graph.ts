import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';

/** The folder of the repository. */
export const ROOT = resolve(__dirname, '..', '..');

/** The folders that hold sources. */
export const SOURCE_FOLDERS = [
  'bench',
  'bin',
  'edge',
  'examples',
  'lambda',
  'lib',
  'packages',
  'player',
  'test',
] as const;

/** Generated or foreign folders, wherever they are. */
const NOT_OURS = /(^|\/)(node_modules|dist|cdk\.out|golden)(\/|$)/;

const CODE = /\.(ts|cjs|mjs)$/;

/** An import of one file: the specifier as it is written, and the file of the repository that it leads to. */
export interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Relative to the repository, without an extension for a folder; undefined for a package or a Node module. */
  readonly target: string | undefined;
}

/** Lists the files below a folder, relative to the repository, whose name fits a pattern. */
export function filesBelow(folder: string, pattern: RegExp = CODE): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => pattern.test(file) && !NOT_OURS.test(file))
    .sort();
}

/** Reads a file of the repository. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Lists the imports of a file, of types and of values, static and dynamic. */
export function importsOf(file: string): readonly Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)[^'";]*?from\s+'([^']+)'|(?:import|require)\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g;
  return [...textOf(file).matchAll(pattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return { file, specifier, target: targetOf(file, specifier) };
  });
}

/** Finds the groups of files that import one another in a circle, largest first; type-only imports count. */
export function circles(files: readonly string[]): readonly (readonly string[])[] {
  const graph = new Map(files.map((file) => [file, importsOf(file).flatMap(({ target }) => target ?? [])]));
  return components(graph)
    .filter((group) => group.length > 1)
    .map((group) => [...group].sort())
    .sort((one, other) => other.length - one.length);
}

/**
 * Finds the strongly connected components of a graph by Tarjan's algorithm.
 *
 * @see https://doi.org/10.1137/0201010
 */
function components(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const lowered = (node: string, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));

  const visit = (node: string): void => {
    index.set(node, index.size);
    lowered(node, index.size - 1);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        lowered(node, low.get(next) ?? 0);
      } else if (stack.includes(next)) {
        lowered(node, index.get(next) ?? 0);
      }
    }
    if (low.get(node) === index.get(node)) found.push(stack.splice(stack.indexOf(node)));
  };

  for (const node of graph.keys()) {
    if (!index.has(node)) visit(node);
  }
  return found;
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = normalize(join(dirname(file), specifier));
  const candidates = ['', '.ts', '.cjs', '.mjs', '/index.ts'].map((ending) => path + ending);
  return candidates.find((candidate) => isFile(join(ROOT, candidate))) ?? path;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
