import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { LocalCommand } from './command';
import { freePort, isListening } from './ports';
import { descendants, untilGone } from './processes';

const SMALL = {
  channels: [
    { name: 'main', input: { kind: 'test-clip' as const }, ladder: [{ width: 320, height: 180, bitrate: 200_000 }] },
  ],
};

// Counts only these runs: other tests have runs of their own at the same time.
const TMPDIR = mkdtempSync(join(tmpdir(), 'end-of-run-'));
afterAll(() => rmSync(TMPDIR, { recursive: true, force: true }));

const temporary = () => readdirSync(TMPDIR).filter((name) => name.startsWith('live-streaming-'));

describe('the end of the local run', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('leaves no process, port or file after %s', async (signal) => {
    const before = temporary();
    const command = await LocalCommand.start(SMALL, [], { TMPDIR });
    const children = descendants(command.pid).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThan(1);
    expect(await command.end(signal)).toBe(0);
    expect(await untilGone(children)).toEqual([]);
    expect(await isListening(command.port)).toBe(false);
    expect(temporary()).toEqual(before);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is the same when npm alone is sent %s', async (signal) => {
    const before = temporary();
    const command = await LocalCommand.npmStart(SMALL, { TMPDIR });
    const children = descendants(command.pid).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThan(1);
    await command.end(signal);
    expect(await untilGone(children)).toEqual([]);
    expect(await isListening(command.port)).toBe(false);
    expect(temporary()).toEqual(before);
  });

  test('leaves no process, port or file when it is killed', async () => {
    const before = temporary();
    const command = await LocalCommand.start(SMALL, [], { TMPDIR });
    const children = descendants(command.pid).map(({ pid }) => pid);
    await command.end('SIGKILL');
    expect(await untilGone(children)).toEqual([]);
    expect(await isListening(command.port)).toBe(false);
    expect(temporary()).toEqual(before);
  });

  test('comes automatically when its output is closed', async () => {
    const before = temporary();
    const command = await LocalCommand.start(SMALL, [], { TMPDIR });
    const children = descendants(command.pid).map(({ pid }) => pid);
    command.closeOutput();
    expect(await untilGone([command.pid, ...children])).toEqual([]);
    expect(temporary()).toEqual(before);
    await command.end();
  });

  test('is orderly while the stack is still being created', async () => {
    const before = temporary();
    const command = await LocalCommand.attempt([], { TMPDIR });
    await command.until(/Bringing the stack up/);
    const children = descendants(command.pid).map(({ pid }) => pid);
    expect(await command.end('SIGINT')).toBe(0);
    expect(await untilGone(children)).toEqual([]);
    expect(temporary()).toEqual(before);
  });
});

describe('the local run', () => {
  test('refuses a port that is taken, with its number and the remedy', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    const command = await LocalCommand.attempt([], {}, port);
    expect(await command.ended()).toBe(1);
    expect(command.output).toMatch(new RegExp(`${port}.*--port`));
    await command.end();
    await new Promise((done) => server.close(done));
  });

  test('refuses to start without ffmpeg, and explains how to install it', async () => {
    const command = await LocalCommand.attempt([], { FFMPEG_PATH: '/nowhere/ffmpeg' });
    expect(await command.ended()).toBe(1);
    expect(command.output).toMatch(/apt-get install -y ffmpeg/);
    await command.end();
  });

  test.each<[string, object, RegExp]>([
    [
      'a resource that it does not know',
      { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } } },
      /AWS::SQS::Queue/,
    ],
    [
      'an intrinsic that it does not know',
      {
        Resources: {
          Group: {
            Type: 'AWS::MediaPackageV2::ChannelGroup',
            Properties: { ChannelGroupName: { 'Fn::Cidr': ['a', 1, 2] } },
          },
        },
      },
      /Fn::Cidr/,
    ],
  ])('refuses a template with %s, and names it', async (_, template, sentence) => {
    const file = join(tmpdir(), `template-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(template));
    const command = await LocalCommand.attempt(['--template', file]);
    expect(await command.ended()).toBe(1);
    expect(command.output).toMatch(sentence);
    expect(command.output).not.toMatch(/^\s+at /m);
    await command.end();
  });

  test('refuses an invalid description with all its problems', async () => {
    const file = join(tmpdir(), `channels-${process.pid}.json`);
    writeFileSync(
      file,
      JSON.stringify({ channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder: [], latency: 'lo' }] }),
    );
    const command = await LocalCommand.attempt(['--config', file]);
    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('channels[0].ladder: 0 given; at least 1 needed');
    expect(command.output).toContain('channels[0].latency: "lo" was given');
    await command.end();
  });

  test('prints its options with --help', async () => {
    const command = await LocalCommand.attempt(['--help']);
    expect(await command.ended()).toBe(0);
    for (const option of [
      '--config',
      '--template',
      '--parameter',
      '--port',
      '--rtmp-port',
      '--preset',
      '--no-install',
    ]) {
      expect(command.output).toContain(option);
    }
    await command.end();
  });
});
