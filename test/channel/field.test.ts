import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { allOptions } from '../../bin/docs/configuration/options';
import { explain, notesOf } from '../../lib/channel/field';

describe('explain', () => {
  test('refuses a schema that has notes already, which a second option would overwrite', () => {
    const shared = z.string();
    explain({ first: shared }, { first: { what: 'One.' } });
    expect(() => explain({ second: shared }, { second: { what: 'Two.' } })).toThrow(
      'second was given the notes "Two.", but its schema has "One."; every option needs a schema of its own',
    );
    expect(notesOf(shared)).toEqual({ what: 'One.' });
  });

  test('refuses a schema that was made from one with notes', () => {
    const noted = z.string();
    explain({ first: noted }, { first: { what: 'One.' } });
    expect(() => explain({ second: noted.min(1) }, { second: { what: 'Two.' } })).toThrow(
      'every option needs a schema of its own',
    );
  });
});

describe('the SRT stream id', () => {
  test.each([
    ['srt-listener).streamId', 'that publishers send', 'It keeps nobody out'],
    ['srt-caller).sources[].streamId', 'that MediaLive sends', 'A listener that asks for one refuses a call without'],
  ])('of %s has its own notes', (option, what, effect) => {
    const notes = allOptions().find(({ path }) => path === `channels[].input(${option}`)?.notes;
    expect(notes?.what).toContain(what);
    expect(notes?.effect).toContain(effect);
  });
});
