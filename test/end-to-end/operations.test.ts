import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalRun, openLocalRun } from 'small-cloud';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { PATIENCE } from './patience';
import { freePort } from './ports';
import { Publisher } from './publisher';

const DESCRIPTION = {
  channels: [
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
      ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      latency: 'low',
    },
  ],
};

/** A minute of the cloud lasts so many times shorter. The media keeps its own pace. */
const HURRY = 6;

const folder = mkdtempSync(join(tmpdir(), 'operations-'));
let template: string;
let lines: string[];
let run: LocalRun | undefined;
let publisher: Publisher | undefined;
/** Where the publisher of the run sends. */
let ingest: string;

beforeAll(async () => {
  const config = join(folder, 'channels.json');
  writeFileSync(config, JSON.stringify(DESCRIPTION));
  template = await synthesizeTo(folder, config);
});

afterEach(async () => {
  await publisher?.kill();
  await run?.stop();
  publisher = undefined;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a hurried local run of the template after a change to its text, with a publisher. */
async function start(change: (text: string) => string = (text) => text): Promise<void> {
  const changed = template.replace('LiveStreaming.', 'Changed.');
  writeFileSync(changed, change(readFileSync(template, 'utf8')));
  const assets = readFileSync(template.replace('.template.json', '.assets.json'), 'utf8');
  writeFileSync(join(dirname(template), 'Changed.assets.json'), assets);
  const rtmpPort = await freePort();
  lines = [];
  run = await openLocalRun({
    template: changed,
    parameters: {},
    folder: mkdtempSync(join(folder, 'run-')),
    port: await freePort(),
    rtmpPort,
    hurry: HURRY,
    listener: { progress: () => {}, tell: (node, line) => lines.push(`${node}: ${line}`) },
  });
  await run.start();
  ingest = `rtmp://127.0.0.1:${rtmpPort}/live/secret`;
  publisher = Publisher.start(ingest);
}

/** Waits for a line of the log that comes after a moment. */
async function until(line: RegExp, from = 0): Promise<string> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = lines.slice(from).find((one) => line.test(one));
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${line} did not come; the last lines:\n${lines.slice(-40).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Waits until no alarm is raised. */
async function calm(): Promise<void> {
  const end = Date.now() + PATIENCE;
  const state = () =>
    new Map(
      lines.flatMap((line) => {
        const [, name = '', to = ''] = /^cloudwatch (\S+): \S+ → (\w+)/.exec(line) ?? [];
        return name === '' ? [] : [[name, to] as const];
      }),
    );
  while ([...state().values()].includes('ALARM')) {
    if (Date.now() > end) throw new Error(`Alarms stay raised: ${JSON.stringify([...state()])}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Alarms that were raised since a moment, by their kind. */
const raised = (from = 0) =>
  lines
    .slice(from)
    .flatMap((line) => /^cloudwatch .*Alarms(?:Stage|Stack)(\w+?)[0-9A-F]{8}.* → ALARM/.exec(line)?.[1] ?? []);

describe('the operations of a stack', () => {
  test('say that the publisher is gone, and that it is back, and nothing of a start and of a stop', async () => {
    await start();
    await until(/stage plays; stale 0 s/);
    // On a slow machine, the publisher comes so late that its absence is told of.
    await calm();
    expect(raised()).not.toContain('ViewersCannotPlay');
    expect(raised()).not.toContain('StreamStandsStill');

    const cut = lines.length;
    await publisher?.kill();
    await until(/Alarms\w*Filler\w*.* → ALARM/, cut);
    await until(/Alarms\w*MedialiveAlert\w*.* → ALARM/, cut);
    const notice = await until(/^notice: .*MediaLive complains/, cut);
    expect(notice).toContain('RTMP Has No Audio/Video');
    expect(notice).toMatch(/First: Start the publisher/);

    const back = lines.length;
    publisher = Publisher.start(ingest);
    await until(/^notice: .*Over: Channel stage, pipeline 0: Filler instead of video/, back);
    await until(/→ OK/, back);
  });

  test('say that viewers cannot play when the edge may not read the packager', async () => {
    await start((text) => text.replaceAll('mediapackagev2:GetObject', 'mediapackagev2:GetNothing'));
    await until(/stage does not play: .*answered 403/);
    await until(/Alarms\w*ViewersCannotPlay\w*.* → ALARM/);
    const notice = await until(/^notice: .*On air, not reaching viewers/);
    expect(notice).toMatch(/Viewers: Viewers get an error/);
    expect(raised()).not.toContain('FillerInsteadOfVideoPipeline0');
  });
});
