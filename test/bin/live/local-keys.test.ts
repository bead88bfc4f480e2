import { describe, expect, test } from '@jest/globals';
import { localKeys } from '../../../bin/live/local-keys';

describe('the keys of npm run live -- --local', () => {
  const address = 'http://127.0.0.1:4566';
  const printed = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret' };

  test('come from the file of the run, or else from the environment', () => {
    const keys = { accessKeyId: 'AKIA2', secretAccessKey: 'of the run' };
    expect(localKeys(address, printed, () => ({ apiUrl: address, keys }))).toEqual(keys);
    expect(localKeys(address, printed, () => undefined)).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' });
  });

  test('belong to no run when there is neither, so that the API itself explains the refusal', () => {
    expect(localKeys(address, {}, () => undefined)).toEqual({ accessKeyId: 'none', secretAccessKey: 'none' });
  });
});
