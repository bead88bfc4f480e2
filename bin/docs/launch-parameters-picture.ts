import { DIMENSIONS } from '../../lib/launch/choices';
import { type ParameterGroup, parameterGroups } from '../../lib/launch/parameter-groups';

const LINE = 24;
const WIDTH = 760;

/** docs/images/launch-parameters.svg: the groups of the console's page, with their defaults. */
export function launchParametersPicture(): string {
  const groups = parameterGroups(DIMENSIONS);
  let top = 16;
  const drawn = groups.map((group) => {
    const height = 44 + Object.keys(group.parameters).length * LINE;
    const box = drawGroup(group, top, height);
    top += height + 14;
    return box;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" font-family="sans-serif" font-size="13">`,
    '<title>The groups of parameters, and their defaults</title>',
    `<rect width="${WIDTH}" height="${top}" fill="#f4f5f6"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawGroup({ label, parameters }: ParameterGroup, top: number, height: number): string {
  const rows = Object.values(parameters).map(({ label: name, default: by = '', options }, index) => {
    const y = top + 40 + index * LINE;
    const arrow = options === undefined ? '' : `<text x="708" y="${y + 14}" fill="#555">▾</text>`;
    return [
      `<text x="34" y="${y + 13}" fill="#333">${escaped(name)}</text>`,
      `<rect x="320" y="${y}" width="406" height="19" rx="4" fill="#fff" stroke="#9aa5b1"/>`,
      `<text x="328" y="${y + 14}" fill="#111">${escaped(String(by))}</text>`,
      arrow,
    ].join('');
  });
  return [
    `<rect x="16" y="${top}" width="${WIDTH - 32}" height="${height}" rx="8" fill="#fff" stroke="#d5dbdb"/>`,
    `<text x="34" y="${top + 24}" font-weight="bold" fill="#111">${escaped(label)}</text>`,
    ...rows,
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
