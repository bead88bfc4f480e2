import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { optionPaths } from '../../bin/docs/configuration/options';
import { UPDATE_CASES } from '../../bin/docs/updates/cases';
import { updatesMarkdown } from '../../bin/docs/updates/page';

/** Options that hold nothing but others, or have one value only. */
const BESIDE = [
  'origin',
  'origin(media-store).acknowledgeDiscontinued',
  'edge',
  'notices',
  'operations',
  'channels[].audio',
  'channels[].inputLoss',
  'channels[].failover.after',
  'channels[].autoStop',
];

const page = updatesMarkdown();

describe('docs/updates.md', () => {
  test('is what the templates say (npm run docs writes it anew)', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'updates.md'), 'utf8')).toBe(page);
  });

  test('speaks of every option', () => {
    const spoken = UPDATE_CASES.map(({ option }) => option);
    expect(optionPaths().filter((path) => !spoken.includes(path) && !BESIDE.includes(path))).toEqual([]);
    expect(spoken.filter((option) => !optionPaths().includes(option))).toEqual([]);
  });

  test('says of no option that it changes nothing, as a change would that is none', () => {
    expect([...page.matchAll(/^\| `([^`]+)`.*\| nothing \|/gm)].map(([, option]) => option)).toEqual([]);
  });

  test('promises playback URLs that change with the origin, its formats, the domain, who may watch, the channel’s name and the codec, and with nothing else', () => {
    const changing = [...page.matchAll(/^\| `([^`]+)`.*\| change \| \w+ \|$/gm)].map((match) => match[1]);
    // HEVC has no HLS in MPEG-TS: that one URL comes and goes with it.
    expect(changing).toEqual([
      'origin',
      'origin(media-package).formats',
      'edge.domain',
      'edge.domain.name',
      'access',
      'channels[].access',
      'channels[].name',
      'channels[].ladder[].codec',
    ]);
  });
});
