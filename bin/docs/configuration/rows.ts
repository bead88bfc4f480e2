import { wrapped } from '../wrapped';
import type { Option } from './options';
import { CHAPTERS } from './sections';

/** The most characters of the summary in a table. */
const SUMMARY_LIMIT = 100;
/** Characters of a first sentence that is shown in full. */
const ONE_LINE = 100;

/** Complaints about the notes of an option. */
export function notesProblems({ path, notes }: Option): readonly string[] {
  if (notes === undefined) return [`${path}: no notes were given; \`what\` is needed`];
  const { length } = summaryOf(notes.what);
  if (length <= SUMMARY_LIMIT) return [];
  return [`${path}: \`what\` begins with ${length} characters; a sentence of at most ${SUMMARY_LIMIT} is needed`];
}

/** The anchor of an option on the page: `channels[].audio[].bitrate` → `option-audio-item-bitrate`. */
export function anchorOf(path: string): string {
  const words = ofChannel(path)
    .replaceAll('[]', '-item')
    .replaceAll(/[^A-Za-z0-9-]+/g, '-');
  return `option-${words.toLowerCase()}`;
}

/** The path of an option below its channel. The stack has an option `access` as well. */
function ofChannel(path: string): string {
  return path.replace(/^channels\[\]\.(?!access\b)/, '');
}

/** The name of an option below its noun: `channels[].input(srt-caller).sources[].port` → `sources[].port`. */
export function nameBelow(path: string): string {
  return ofChannel(path).replace(/^(input|origin)\([^)]*\)\./, '');
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
    const words = [restOf(notes?.what ?? ''), notes?.effect].filter(Boolean).join(' ');
    if (words !== '') text.push(...wrapped(`**\`${nameBelow(path)}\`**: ${words}`), '');
  }
  return [...text, ...pagesText(options)];
}

function row(option: Option, anchor: (path: string) => string): string {
  const summary = summaryOf(option.notes?.what ?? '');
  return `| <a id="${anchor(option.path)}"></a>\`${nameBelow(option.path)}\` | ${typeCell(option)} | ${summary} |`;
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
  return links.length === 0 ? [] : [...wrapped(`AWS documentation: ${links.join(', ')}`), ''];
}

/** The first sentence of an explanation, without the list of cases behind its colon or semicolon if it is long. */
function summaryOf(what: string): string {
  const [sentence] = firstSentence(what);
  const cut = sentence.search(/[:;] /);
  return sentence.length <= ONE_LINE || cut < 0 ? sentence : `${sentence.slice(0, cut)}.`;
}

/** The part of an explanation that the summary leaves out; the whole first sentence, if the summary shortens it. */
function restOf(what: string): string {
  const [sentence, rest] = firstSentence(what);
  return summaryOf(what) === sentence ? rest : what;
}

function firstSentence(text: string): readonly [first: string, rest: string] {
  const cut = text.search(/(?<=\.\)?) (?=[A-Z`(])/);
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}
