import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { environmentLines } from 'small-cloud';

describe('the environment that `npm run local` prints', () => {
  test.each([
    ['in a shell without a proxy', {}, '127.0.0.1,localhost'],
    ['and leaves what the shell kept from its proxy', { NO_PROXY: 'corp' }, '127.0.0.1,localhost,corp'],
  ])('keeps calls to this machine from any proxy, %s', (_what, given, kept) => {
    const keys = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const lines = environmentLines({ apiUrl: 'http://127.0.0.1:4566', keys });
    const script = `${lines.join('\n')}\necho "$AWS_ENDPOINT_URL $NO_PROXY"`;
    const printed = execFileSync('/bin/sh', ['-c', script], { env: given, encoding: 'utf8' });
    expect(printed).toBe(`http://127.0.0.1:4566 ${kept}\n`);
  });
});
