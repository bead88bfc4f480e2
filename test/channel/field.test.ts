import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { configurationMarkdown } from '../../lib/channel/documentation';
import { field, notesOf } from '../../lib/channel/field';

describe('field', () => {
  test('refuses a schema that has notes already, which a second option would overwrite', () => {
    const shared = z.string();
    field(shared, { what: 'The first.' });
    expect(() => field(shared, { what: 'The second.' })).toThrow(
      '"The second." was given for a schema with the notes "The first."; every option needs a schema of its own',
    );
    expect(notesOf(shared)).toEqual({ what: 'The first.' });
  });

  test('refuses a schema that was made from one with notes', () => {
    const noted = field(z.string(), { what: 'The first.' });
    expect(() => field(noted.min(1), { what: 'The second.' })).toThrow('every option needs a schema of its own');
  });
});

describe('the SRT stream id', () => {
  const rows = configurationMarkdown().split('\n');

  test.each([
    ['srt-listener).streamId', 'that publishers send', 'It keeps nobody out'],
    ['srt-caller).sources[].streamId', 'that MediaLive sends', 'A listener that asks for one refuses a call without'],
  ])('of %s has its own notes', (option, what, effect) => {
    const row = rows.find((line) => line.startsWith(`| \`channels[].input(${option}\``));
    expect(row).toContain(what);
    expect(row).toContain(effect);
  });
});
