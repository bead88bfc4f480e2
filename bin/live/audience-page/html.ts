const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes a text safe as content of an element and as value of an attribute. Reports are texts of strangers. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => NAMES[letter] ?? '');
}

/** Writes the definition of a figure, with the names of its sources alone (`CTA-2066, https://…`): the page leads nowhere. */
export function definition(text: string): string {
  return escaped(text)
    .replace(/([\w-]+), https:\/\/[\w./-]*[\w/-]/g, '<cite>$1</cite>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** Writes a table: texts on the left, and every column of numbers on the right. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function cell(text: string): string {
  const isNumber = /^[\d.,]+( ?[%a-zA-Z/]+)?$|^–$/.test(text);
  return `<td${isNumber ? ' class="number"' : ''}><bdi>${escaped(text)}</bdi></td>`;
}
