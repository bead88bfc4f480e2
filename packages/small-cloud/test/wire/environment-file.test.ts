import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Credentials } from '../../src/wire/credentials';
import { findEnvironment, writeEnvironment, writeNames } from '../../src/wire/environment-file';

let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'environment-file-'));
});

afterEach(() => rmSync(temporary, { recursive: true, force: true }));

/** Makes the folder of a run whose API is at a port, with keys of its own. */
function run(name: string, port: number) {
  const folder = join(temporary, `live-streaming-${name}`);
  mkdirSync(folder, { mode: 0o700 });
  const environment = { apiUrl: `http://127.0.0.1:${port}`, keys: new Credentials().operator };
  return { folder, environment, file: writeEnvironment(folder, environment) };
}

describe('the environment of a run', () => {
  test('is readable by its user alone', () => {
    expect(statSync(run('a', 4566).file).mode & 0o777).toBe(0o600);
  });

  test('can be sourced by a shell', () => {
    const { file, environment } = run('a', 4566);
    const shown = '. "$0"; echo "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN."';
    const said = execFileSync('sh', ['-c', shown, file], { env: { AWS_SESSION_TOKEN: 'old' }, encoding: 'utf8' });
    const { accessKeyId, secretAccessKey } = environment.keys;
    expect(said).toBe(`${environment.apiUrl} ${accessKeyId} ${secretAccessKey} .\n`);
  });

  test('is found by the port of the API, whatever its host name', () => {
    run('a', 4566);
    const { environment } = run('b', 4567);
    expect(findEnvironment('http://localhost:4567/', temporary)).toMatchObject(environment);
    expect(findEnvironment('http://127.0.0.1:4568', temporary)).toBeUndefined();
  });

  test('is the newest one, if a crashed run has left one behind', () => {
    const old = run('b', 4566);
    const { environment } = run('a', 4566);
    utimesSync(old.file, 1, 1);
    expect(findEnvironment('http://127.0.0.1:4566', temporary)).toMatchObject(environment);
  });

  test('is not read from a folder that others may write to', () => {
    chmodSync(run('a', 4566).folder, 0o777);
    chmodSync(run('b', 4566).file, 0o644);
    mkdirSync(join(temporary, 'live-streaming-empty'));
    expect(findEnvironment('http://127.0.0.1:4566', temporary)).toBeUndefined();
  });
});

describe('the names of a run', () => {
  const EDGE = { 'd1.cloudfront.net': 'http://127.0.0.1:8080' };
  const names = (port: number) => findEnvironment(`http://localhost:${port}`, temporary)?.names;

  test('are found with its environment, and are none before the first domain', () => {
    writeNames(run('a', 4566).folder, EDGE);
    run('b', 4567);
    expect([names(4566), names(4567)]).toEqual([EDGE, {}]);
  });

  test('are readable by their user alone', () => {
    const { folder } = run('a', 4566);
    writeNames(folder, EDGE);
    expect(statSync(join(folder, 'names')).mode & 0o777).toBe(0o600);
  });
});
