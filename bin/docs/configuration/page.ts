import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { wrapped } from '../wrapped';
import type { Chapter, Section } from './chapter';
import { allOptions, type Option } from './options';
import { ladderPresets, latencyPresets } from './presets';
import { anchorOf, link, nameBelow, notesProblems, optionsText } from './rows';
import { CHAPTERS } from './sections';
import { groupOf, lastName, SHARED, type Shared, sharedOptions } from './shared';

const EXAMPLES = resolve(__dirname, '..', '..', '..', 'examples');

/** Complaints about the declarations that the page is made from: notes that are missing or too long, and no section. */
export function configurationProblems(): readonly string[] {
  const all = allOptions();
  return [...all.flatMap(notesProblems), ...placeProblems(all)];
}

/** Complaints about options that are not in exactly one section. */
function placeProblems(all: readonly Option[]): readonly string[] {
  const sections = CHAPTERS.flatMap((chapter) => chapter.sections);
  return all.flatMap(({ path }) => {
    const homes = sections.filter((section) => isIn(section, path)).map(({ title }) => title);
    if (homes.length === 1) return [];
    const found = homes.join(' and ') || 'no section';
    return [`${path}: is in ${found}; exactly one section of bin/docs/configuration/sections.ts is needed`];
  });
}

function isIn({ options }: Section, path: string): boolean {
  return options.some((option) => (option.endsWith('.') ? path.startsWith(option) : path === option));
}

/** docs/configuration.md: the reference of all options, made from the schema that checks them and from `examples/`. */
export function configurationMarkdown(): string {
  const all = allOptions();
  const shared = sharedOptions(all);
  return [
    '# Configuration',
    '',
    '<!-- Generated from lib/channel and examples by `npm run docs`; a test keeps it current. Edit those, not this. -->',
    '',
    'The description of the live channels is plain data: `bin/channels.ts`, or any TypeScript or JSON file that is named',
    'with `-c config=FILE` (for `npx cdk`) or `--config FILE` (for `npm start`). Unknown options are refused.',
    '',
    'Each section begins with an example that works. An option without a default is required, unless its type says',
    '"optional". [local-run.md](local-run.md#options-in-the-local-run) says what the local run does differently, and',
    '[updates.md](updates.md) what a change of an option does to a running channel.',
    '',
    ...contents(),
    ...CHAPTERS.flatMap((chapter) => chapterText(chapter, all, shared)),
    ...sharedText(shared),
    ...ladderPresets(),
    ...latencyPresets(),
  ].join('\n');
}

function contents(): readonly string[] {
  const linked = (titled: readonly { readonly title: string }[]) => titled.map(({ title }) => link(title)).join(', ');
  return [
    ...CHAPTERS.flatMap(({ title, sections }) => wrapped(`- ${title}: ${linked(sections)}`, '  ')),
    ...wrapped(`- Shared options: ${linked(SHARED)}`, '  '),
    `- Tables: ${link('Ladder presets')}, ${link('Latency presets')}`,
    '',
  ];
}

function chapterText({ title, intro, sections }: Chapter, all: readonly Option[], shared: Shared): readonly string[] {
  const text = [`## ${title}`, ''];
  if (intro !== undefined) text.push(intro, '');
  for (const section of sections) {
    const options = all.filter(({ path }) => isIn(section, path));
    text.push(...sectionText(section, options, shared));
  }
  return text;
}

function sectionText(
  { title, intro, example }: Section,
  options: readonly Option[],
  shared: Shared,
): readonly string[] {
  const text = [`### ${title}`, ''];
  if (intro !== undefined) text.push(intro, '');
  text.push(...exampleText(example));
  text.push(...optionsText(options.filter((option) => groupOf(option, shared) === undefined)));
  for (const [group] of shared) {
    const members = options.filter((option) => groupOf(option, shared) === group);
    const names = members.map(({ path }) => `<a id="${anchorOf(path)}"></a>\`${nameBelow(path)}\``);
    if (names.length > 0) text.push(...wrapped(`${names.join(', ')}: see ${link(group)}.`), '');
  }
  return text;
}

function exampleText(file: string): readonly string[] {
  const source = readFileSync(resolve(EXAMPLES, file), 'utf8');
  const start = source.indexOf('export default');
  const title = /^\/\*\* (.*?) \*\//s.exec(source)?.[1] ?? '';
  if (start < 0 || title === '') throw new Error(`examples/${file}: a comment and an export default are needed`);
  const named = wrapped(`[examples/${file}](../examples/${file}): ${title}`);
  return [...named, '', '```ts', source.slice(start).trim(), '```', ''];
}

/** The chapter of the options that several sections link to. */
function sharedText(shared: Shared): readonly string[] {
  const text = ['## Shared options', ''];
  for (const { title, intro } of SHARED) {
    const options = (shared.get(title) ?? []).map((option) => ({ ...option, path: lastName(option.path) }));
    text.push(`### ${title}`, '', intro, '', ...optionsText(options, (path) => `shared-${path.toLowerCase()}`));
  }
  return text;
}
