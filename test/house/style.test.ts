import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesBelow, ROOT, SOURCE_FOLDERS, textOf } from './import-graph';
import { type Breach, bareStatements, literalSpreads, longFunctions, riddles } from './style-rules';

const LONGEST_FUNCTION = 60;
const LONGEST_FILE = 200;
/** A file of tests is a list of cases, and has room for more of them. */
const LONGEST_TEST_FILE = 300;

/** Files that may be long for good, each with its reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'player/controls.css': 'the rules of one bar, whose later ones outweigh the earlier ones',
  'lambda/shared/alerts.ts': 'one table: every alert of MediaLive with its advice',
  'player/player.css': 'the rules of the page before any script has run, in one request that blocks the first frame',
};

const FILES = [...SOURCE_FOLDERS.flatMap((folder) => filesBelow(folder, /\.(ts|cjs|mjs|css)$/)), 'jest.config.cjs'];

describe('every source file', () => {
  test('has no comment that begins with What, That, Who or Whether', () => {
    expect(breaches(riddles)).toEqual([]);
  });

  test('has braces around every statement that does not fit the line of its if, else, for or while', () => {
    expect(breaches(bareStatements)).toEqual([]);
  });

  test('has no spread of an object literal', () => {
    expect(breaches(literalSpreads)).toEqual([]);
  });

  test(`has no function of more than ${LONGEST_FUNCTION} lines, the callbacks of describe apart`, () => {
    expect(breaches((source) => longFunctions(source, LONGEST_FUNCTION))).toEqual([]);
  });

  test(`has at most ${LONGEST_FILE} lines, and ${LONGEST_TEST_FILE} where it is a list of tests`, () => {
    expect(FILES.filter((file) => isLong(file) && !Object.hasOwn(LONG_FILES, file))).toEqual([]);
  });
});

describe('the exceptions', () => {
  test('for long files name only files that are long', () => {
    const names = Object.keys(LONG_FILES);
    expect(names.filter((file) => !existsSync(join(ROOT, file)) || !isLong(file))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  test('recognise a comment that begins with one of the words, and no other', () => {
    expect(riddles('/** What a bucket has not. */\nconst a = 1;')).toEqual(['line 1: "What a bucket has not."']);
    expect(riddles('const a = 1; // Who asks.\n/*\n * Whether it is.\n */')).toHaveLength(2);
    expect(
      riddles("/** Says\n * What it is. */\n// Tells\n// What it is.\nconst a = '// What';\nf(`// That`);"),
    ).toEqual([]);
    expect(riddles(`const a = \`\${/* That is code. */ 1} // That is text.\`;`)).toHaveLength(1);
  });

  test('recognise a statement that goes on without braces', () => {
    expect(bareStatements('if (a) b();\nelse c();\nfor (const a of b) if (a) c();\nwhile (a) {\n  b();\n}')).toEqual(
      [],
    );
    expect(bareStatements('do {\n  a();\n} while (b);\nSymbol.for(a)\n.b;')).toEqual([]);
    expect(bareStatements('if (a)\n  b();')).toEqual(['line 1: if without braces']);
    expect(bareStatements('if (a) throw new Error(\n  b,\n);')).toHaveLength(1);
    expect(bareStatements('if (a) {\n} else\n  b();')).toEqual(['line 2: else without braces']);
    expect(bareStatements('for (const a of b) try {\n  c();\n} catch {}')).toHaveLength(1);
    expect(bareStatements(`for await (const a of b)\n  c(\`\${a}\`, /[/}]/);`)).toHaveLength(1);
  });

  test('recognise the spread of a literal, and leave other spreads alone', () => {
    expect(literalSpreads('f({ ...{ a, b } });')).toEqual(['line 1: ...{']);
    expect(literalSpreads("f({ ...a, ...(b ? {} : { c }), d: '...{' });")).toEqual([]);
  });

  test('recognise a long function, whatever its form', () => {
    const body = '{\n'.concat('  a();\n'.repeat(9), '}');
    const forms = [
      `function a(b: string): { c: string } ${body}`,
      `const a = async (b) => ${body};`,
      `class A {\n  b = 1;\n\n  private async c({ d }: E): Promise<void> ${body}\n}`,
      `const a = { b(c) ${body} };`,
      `test('a', () => ${body});`,
    ];
    expect(forms.map((form) => longFunctions(form, 10))).toEqual(
      forms.map(() => [expect.stringContaining('11 lines')]),
    );
    const others = [
      `describe('a', () => ${body});`,
      `describe.each([1])('a', (b) => ${body});`,
      `class A ${body}`,
      `if (a) ${body}`,
      `const a = ${body};`,
    ];
    expect(others.map((other) => longFunctions(other, 10))).toEqual(others.map(() => []));
  });
});

function breaches(rule: (source: string) => readonly Breach[]): readonly string[] {
  return FILES.flatMap((file) => rule(textOf(file)).map((breach) => `${file} ${breach}`));
}

function isLong(file: string): boolean {
  const lines = textOf(file).split('\n').length - 1;
  return lines > (file.endsWith('.test.ts') ? LONGEST_TEST_FILE : LONGEST_FILE);
}
