import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { printable } from '../src/printable';
import { Screen } from '../src/screen';

const HOSTILE = '\u001b]0;PWNED\u0007\u001b[2J\u009b31m\u202egnp.exe\u2028\r';
const SHOWN = '\\u001b]0;PWNED\\u0007\\u001b[2J\\u009b31m\\u202egnp.exe\\u2028\\u000d';

describe('a hostile string', () => {
  test('loses the control characters that a terminal would obey', () => {
    expect(printable(HOSTILE)).toBe(SHOWN);
    expect(printable('Grüße 日本 😀\ttab\nline')).toBe('Grüße 日本 😀\ttab\nline');
  });

  test('reaches the screen without its control characters, in lines and in status lines', () => {
    let shown = '';
    const out = new Writable({
      write(chunk, _, done) {
        shown += chunk;
        done();
      },
    });
    const screen = new Screen(Object.assign(out, { isTTY: false }) as never);
    screen.tell('api', HOSTILE, 'warning');
    screen.fail(new Error(HOSTILE));
    screen.watch(() => [{ node: 'input', state: 'failed', detail: HOSTILE }]);
    screen.close();
    expect(shown.split(SHOWN)).toHaveLength(4);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are its subject
    expect(shown).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]/);
  });
});
