const WIDTH = 120;
/** A space where a line may break: not within an anchor, and not within the text of a link. */
const SPACE = / (?!id=|[^[\]]*\]\()/;

/** Breaks a paragraph of Markdown into lines. The lines after the first begin with the indent. */
export function wrapped(paragraph: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(SPACE)) {
    const isMark = /^([-+*#>|]|\d+\.)$/.test(word); // at the start of a line it would begin a list, a heading or a table
    if (line !== '' && !isMark && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
