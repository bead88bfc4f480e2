import { describe, expect, test } from '@jest/globals';
import { ask, MAIN, token } from './ask-gate';

describe('a path', () => {
  test.each([
    ['the clean path of a private channel', MAIN, 401],
    ['a folder of no channel', '/out/v1/live/other/index.m3u8', 401],
    ['a folder whose name begins as that of a public channel', '/out/v1/live/free2/index.m3u8', 401],
    ['the folder of a public channel without its slash', '/out/v1/live/free', 401],
    ['two tokens', `/s/${token()}/s/${token()}${MAIN}`, 401],
    ['a token for something that is no media', `/s/${token()}/index.html`, 401],
    ['a token for the API', `/s/${token()}/api/session`, 401],
    ['a token before a public channel', `/s/${token()}/out/v1/live/free/index.m3u8`, 400],
    ['a token with nothing after it', `/s/${token()}`, 401],
    ['a token with a slash after it', `/s/${token()}/`, 400],
    ['an empty token', `/s/${MAIN}`, 400],
    ['a token of dots', `/s/...${MAIN}`, 401],
    ['a parent folder from a public channel', '/out/v1/live/free/../main/index.m3u8', 400],
    ['a parent folder after a token', `/s/${token()}/out/v1/live/main/../main2/index.m3u8`, 400],
    ['a parent folder at the end', '/out/v1/live/free/..', 400],
    ['a folder that is a dot', '/out/v1/live/free/./index.m3u8', 400],
    ['an encoded parent folder', '/out/v1/live/free/%2e%2e/main/index.m3u8', 400],
    ['an encoded slash', '/out/v1/live/free/..%2fmain%2findex.m3u8', 400],
    ['an encoded slash in capitals', '/out/v1/live/free%2F..%2Fmain/index.m3u8', 400],
    ['a twice encoded slash', '/out/v1/live/free/%252e%252e/main/index.m3u8', 400],
    ['an encoded letter', '/out/v1/live/%6dain/index.m3u8', 400],
    ['an encoded zero', '/out/v1/live/free/index.m3u8%00', 400],
    ['a doubled slash at the beginning', `/${MAIN}`, 400],
    ['a doubled slash in the middle', '/out/v1/live//main/index.m3u8', 400],
    ['a doubled slash after a token', `/s/${token()}/${MAIN}`, 400],
    ['a backslash', '/out/v1/live/free\\..\\main\\index.m3u8', 400],
    ['a semicolon', '/out/v1/live/free/index.m3u8;x', 400],
    ['a line break', '/out/v1/live/free/a\n', 400],
    ['a letter beyond ASCII', '/out/v1/live/free/ä', 400],
    ['nothing', '', 400],
  ])('with %s is refused', async (_, uri, status) => {
    const answer = await ask(uri);
    expect(answer).toMatchObject({ status, error: status === 400 ? 'path' : 'sign-in' });
  });

  test.each(['index_1_123.m4s', 'segment-1.2.m4s', 'audio=eng,video=1.mp4', 'a@b+c~d:e_f', '..hidden', 'a/b/c.d'])(
    'with the name %s is passed on',
    async (name) => {
      const path = `/out/v1/live/main/${name}`;
      expect(await ask(`/s/${token()}${path}`)).toMatchObject({ uri: path });
    },
  );

  test('of ten thousand characters is judged at once', async () => {
    const begun = process.cpuUsage().user;
    await ask(`/out/v1/live/free/${'a.'.repeat(5000)}%`);
    await ask(`/s/${'a'.repeat(10_000)}`);
    // Microseconds of the processor: a regular expression that runs away would take minutes.
    expect(process.cpuUsage().user - begun).toBeLessThan(5_000_000);
  });
});
