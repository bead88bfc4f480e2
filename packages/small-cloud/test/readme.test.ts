import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Cloud, Service } from '../src/contract';
import { cloudClock } from '../src/host/clock';
import { Processes } from '../src/host/processes';
import { MetricFeed } from '../src/services/cloudwatch/metric-feed';
import { DefaultBus } from '../src/services/events/default-bus';
import { Iam } from '../src/services/iam/iam';
import { Credentials } from '../src/wire/credentials';
import { RUN_FOLDER } from '../src/wire/environment-file';
import { LocalNames } from '../src/wire/local-names';
import { wire } from '../src/wiring';

const PACKAGE = join(__dirname, '..');
const EXAMPLE = join(PACKAGE, 'examples', 'run-template.ts');
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

let folder: string;
let processes: Processes;
let services: readonly Service[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
  processes = new Processes(folder);
  services = wiredServices();
});

afterAll(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the README of the small cloud', () => {
  test('lists every service with its resource types and its API', () => {
    expect(rowsOf(README, '## What each service models')).toEqual(
      services.map(row).filter(([types, api]) => types !== '' || api !== ''),
    );
  });

  test('shows the example that is in the repository', () => {
    const example = readFileSync(EXAMPLE, 'utf8');
    expect(README).toContain(`\`\`\`ts\n${example}\`\`\``);
  });
});

describe('the example of the README', () => {
  test('runs a template until Ctrl-C, and leaves nothing behind', async () => {
    const run = example({ Days: { Type: 'Number' } }, { Log: { Type: 'AWS::Logs::LogGroup' } }, ['Days=7']);
    await run.shows('AWS API');
    run.interrupt();
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:');
    expect(run.leftovers()).toEqual([]);
  });

  test('refuses a resource type that no service models, by its name', async () => {
    const run = example({}, { Box: { Type: 'AWS::EC2::Instance' } }, []);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('Resource types that the local run does not model: AWS::EC2::Instance (Box)');
    expect(run.leftovers()).toEqual([]);
  });
});

/** Starts the example with a template of these sections, in a folder for temporary files of its own. */
function example(Parameters: object, Resources: object, given: readonly string[]) {
  const temporary = mkdtempSync(join(folder, 'example-'));
  const template = join(folder, `${basename(temporary)}.json`);
  writeFileSync(template, JSON.stringify({ Parameters, Resources }));
  const child = spawn(process.execPath, ['--import', 'tsx', EXAMPLE, template, ...given], {
    cwd: PACKAGE,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code);
  const shows = async (text: string) => {
    while (!output.includes(text) && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), ended]);
    expect(output).toContain(text);
  };
  const leftovers = () => readdirSync(temporary).filter((name) => name.startsWith(RUN_FOLDER));
  return { ended, shows, output: () => output, interrupt: () => child.kill('SIGINT'), leftovers };
}

/** All services of a cloud, not started. */
function wiredServices(): readonly Service[] {
  const place = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' };
  const tell = () => {};
  const iam = new Iam({ ...place, tell });
  const bus = new DefaultBus();
  const feed = new MetricFeed();
  const cloud: Cloud = {
    ...place,
    folder,
    names: new LocalNames(),
    access: iam,
    clock: cloudClock(),
    events: bus,
    metrics: feed,
    tell,
  };
  return wire({
    cloud,
    iam,
    bus,
    feed,
    names: () => ({}),
    credentials: new Credentials(),
    ffmpeg: { path: 'ffmpeg', version: '7', hevc: true, frameOption: '-fps_mode' },
    processes,
    assets: new Map(),
    apiUrl: () => 'http://127.0.0.1:1',
    edgePort: 0,
    rtmpPort: 0,
    preset: undefined,
    onEvent: () => {},
  }).services;
}

/** The cells of a service: its resource types, and the signing names of its API. */
function row({ resources, api = {} }: Service): readonly [types: string, api: string] {
  return [quoted(Object.keys(resources)), quoted(Object.keys(api))];
}

function quoted(names: readonly string[]): string {
  return [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ');
}

/** Reads the rows of the table below a heading, without the first column, which is for people. */
function rowsOf(text: string, heading: string): readonly (readonly string[])[] {
  const section = text.slice(text.indexOf(heading)).split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(2, 4)
      .map((cell) => cell.trim()),
  );
}
