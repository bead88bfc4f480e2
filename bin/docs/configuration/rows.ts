import type { Option } from './options';
import { CHAPTERS } from './sections';

/** The most characters of the sentence in a table. */
const SENTENCE_LIMIT = 280;

/** Complaints about the notes of an option. */
export function notesProblems({ path, notes }: Option): readonly string[] {
  if (notes === undefined) return [`${path}: no notes were given; \`what\` is needed`];
  const [{ length }] = sentences(notes.what);
  if (length <= SENTENCE_LIMIT) return [];
  return [
    `${path}: \`what\` begins with ${length} characters; a first sentence of at most ${SENTENCE_LIMIT} is needed`,
  ];
}

/** The anchor of an option on the page: `channels[].audio[].bitrate` → `option-audio-item-bitrate`. */
export function anchorOf(path: string): string {
  const words = path
    .replace(/^channels\[\]\./, '')
    .replaceAll('[]', '-item')
    .replaceAll(/[^A-Za-z0-9-]+/g, '-');
  return `option-${words.toLowerCase()}`;
}

/** The name of an option below its noun: `channels[].input(srt-caller).sources[].port` → `sources[].port`. */
export function nameBelow(path: string): string {
  return path.replace(/^channels\[\]\./, '').replace(/^(input|origin)\([^)]*\)\./, '');
}

/** A link to a heading of the page. */
export function link(title: string): string {
  const anchor = title.toLowerCase().replaceAll(/[^a-z0-9 -]/g, '');
  return `[${title}](#${anchor.replaceAll(' ', '-')})`;
}

/** A table of options; nothing where there are none. Under it, a paragraph for each option with consequences. */
export function optionsText(options: readonly Option[], anchor = anchorOf): readonly string[] {
  if (options.length === 0) return [];
  const text = ['| option | type = default | |', '|---|---|---|', ...options.map((option) => row(option, anchor)), ''];
  for (const { path, notes } of options) {
    const [, rest] = sentences(notes?.what ?? '');
    const words = [rest, notes?.effect].filter((part) => part !== undefined && part !== '').join(' ');
    if (words !== '') text.push(`**\`${nameBelow(path)}\`**: ${words}`, '');
  }
  return [...text, ...pagesText(options)];
}

function row(option: Option, anchor: (path: string) => string): string {
  const [sentence] = sentences(option.notes?.what ?? '');
  return `| <a id="${anchor(option.path)}"></a>\`${nameBelow(option.path)}\` | ${typeCell(option)} | ${sentence} |`;
}

/** The type, unit and default of an option, and for an object a link to the section of its members. */
function typeCell({ path, type, required, fallback, notes }: Option): string {
  let cell = type;
  if (notes?.unit !== undefined) cell += ` ${notes.unit}`;
  if (fallback !== undefined) cell += ` = ${fallback}`;
  else if (!required) cell += ', optional';
  const home = homeOfMembers(path);
  return home === undefined ? cell : `${cell}, see ${link(home)}`;
}

/** The section that holds the members of an option, or the chapter if there are several. */
function homeOfMembers(path: string): string | undefined {
  const isMember = (option: string) => ['.', '(', '[].'].some((mark) => option.startsWith(`${path}${mark}`));
  if (path === 'channels') return 'Channel';
  for (const { title, sections } of CHAPTERS) {
    const homes = sections.filter(({ options }) => options.some(isMember));
    if (homes.length > 0) return homes.length === 1 ? homes[0]?.title : title;
  }
  return undefined;
}

/** Links to the pages of AWS that the numbers and rules come from, each page once. */
function pagesText(options: readonly Option[]): readonly string[] {
  const namesByPage = new Map<string, string[]>();
  for (const { path, notes } of options) {
    if (notes?.see === undefined) continue;
    namesByPage.set(notes.see, [...(namesByPage.get(notes.see) ?? []), `\`${nameBelow(path)}\``]);
  }
  const links = [...namesByPage].map(([page, names]) => `[${names.join(', ')}](${page})`);
  return links.length === 0 ? [] : [`AWS documentation: ${links.join(', ')}`, ''];
}

/** The first sentence of a text, and the rest of it. */
function sentences(text: string): readonly [first: string, rest: string] {
  const cut = text.search(/(?<=\.\)?) (?=[A-Z`(])/);
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}
