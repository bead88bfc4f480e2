import { describe, expect, test } from '@jest/globals';
import { languageProblems } from '../../../src/services/cloudfront/functions/language';

const HANDLER = 'function handler(event) { return event.request; }';

/** Judges a statement in a handler, in the second line. */
const inHandler = (statement: string) => languageProblems(`async function handler(event) {\n${statement}\n}`);

describe('the language of CloudFront Functions', () => {
  test('has what AWS lists', () => {
    const code = `import cf from 'cloudfront';
      import crypto from 'crypto';
      var querystring = require('querystring');
      const CHANNELS = { main: true };
      let count = 1_000;
      function decode(text, ...rest) { return Buffer.from(text, 'base64url').toString(); }
      async function isRevoked(sid) {
        const revoked = await cf.kvs().exists(\`r.\${sid}\`);
        return revoked;
      }
      async function handler(event) {
        const request = event.request;
        const match = /^\\/s\\/(?<token>[^/]+)(?:\\/.*)$/i.exec(request.uri);
        const own = (name) => Object.prototype.hasOwnProperty.call(CHANNELS, name);
        for (const name in CHANNELS) if (!own(name)) continue;
        label: for (var i = 0; i < 3; i++) { if (i ** 2 > 3) break label; }
        try {
          const revoked = await isRevoked(match.groups.token);
          if (revoked) return { statusCode: 410, headers: { 'cache-control': { value: 'no-store' } } };
        } catch (error) { console.log('failed: ' + error.message); }
        const hmac = crypto.createHmac('sha256', decode('a')).update('b').digest('base64url');
        request.uri = request.uri.replaceAll('a', 'b').padStart(3, '/').concat(hmac, querystring.escape('x'));
        const list = Object.keys(CHANNELS).find((name) => name.startsWith('m')) || [].includes(String(count));
        return new Date(Date.now()) > 0 && list !== undefined ? request : { statusCode: 401 };
      }`;
    expect(languageProblems(code)).toEqual([]);
  });

  test.each([
    ['class A {}', 'class'],
    ['const { uri } = event.request;', 'destructuring'],
    ['const [first] = event.list;', 'destructuring'],
    ['f(...event.list); function f() {}', 'spread (...)'],
    ['const all = [...event.list];', 'spread (...)'],
    ['function f(a = 1) {}', 'a default value of a parameter'],
    ['for (const a of event.list) {}', 'for…of'],
    ['return event?.request;', 'optional chaining (?.)'],
    ['return event.request ?? event;', 'nullish coalescing (??)'],
    ['event.a ??= 1;', 'logical assignment (??=)'],
    ['function* f() {}', 'a generator'],
    ['return 1n;', 'a BigInt'],
    ['return 0b11;', 'the number 0b11'],
    ["return '\\u{1F600}';", 'a code point escape'],
    ['return /(?<=a)b/.test(event.a);', 'a lookbehind'],
    ['return /a/u.test(event.a);', 'the flags u of a regular expression'],
    ['const name = 1; return { name };', 'a property without a value'],
    ['return { run() {} };', 'a method in an object'],
    ['return { [event.a]: 1 };', 'a computed name of a property'],
    ['return event.tag`a`;', 'a tagged template'],
    ['try {} catch {}', 'catch without a parameter'],
    ["return import('crypto');", 'import()'],
    ['const f = async () => 1;', 'an async function that is not declared at the top level'],
    ['async function f() {}', 'an async function that is not declared at the top level'],
    ['return JSON.parse(await event.a);', 'await in an argument of a call'],
    ['return new Map();', 'the global Map'],
    ['setTimeout(event.a, 1);', 'the global setTimeout'],
    ["return eval('1');", 'the global eval'],
    ['return Object.hasOwn(event, 1);', 'Object.hasOwn'],
    ['return Array.from(event.a);', 'Array.from'],
    ['return event.list.at(-1);', 'the method at'],
    ["console.log('a', 1);", 'console.log with several arguments'],
    ["console.error('a');", 'console.error'],
  ])('does not have %s', (statement, construct) => {
    const [problem, another] = inHandler(statement);
    expect(problem).toMatch(/^line 2: .* is not in the language of cloudfront-js-2\.0$/);
    expect(problem).toContain(construct);
    expect(another).toBeUndefined();
  });

  test.each([
    [`export ${HANDLER}`, 'line 1: export'],
    [`const a = await 1;\n${HANDLER}`, 'line 1: await outside a function'],
    [`import fs from 'fs';\n${HANDLER}`, 'line 1: the module fs'],
    [`import { createHmac } from 'crypto';\n${HANDLER}`, 'line 1: an import of another form'],
    [`const a = 1;\n\n${HANDLER.replace('{', '{ const {b} = {};')}`, 'line 3: destructuring'],
    ['const run = 1;', 'a function named handler is missing'],
    ['function handler( {', 'SyntaxError'],
    [`with (a) {}\n${HANDLER}`, 'SyntaxError'],
  ])('does not have %s', (code, sentence) => {
    expect(languageProblems(code).join()).toContain(sentence);
  });
});
