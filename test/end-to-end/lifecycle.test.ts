import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalRun, openLocalRun } from 'small-cloud';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { freePort } from './ports';

const DESCRIPTION = {
  channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder: [{ width: 320, height: 180, bitrate: 200_000 }] }],
};

interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; DependsOn?: string[] }>;
}

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'));
let template: string;
let events: string[];
let run: LocalRun | undefined;

beforeAll(async () => {
  const config = join(folder, 'channels.json');
  writeFileSync(config, JSON.stringify(DESCRIPTION));
  template = await synthesizeTo(folder, config);
});

afterEach(async () => {
  await run?.stop();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a local run of the synthesized template after a change to it. */
async function prepare(change: (made: Template) => void = () => {}): Promise<LocalRun> {
  const made = JSON.parse(readFileSync(template, 'utf8')) as Template;
  change(made);
  writeFileSync(template.replace('LiveStreaming.', 'Changed.'), JSON.stringify(made));
  const assets = readFileSync(template.replace('.template.json', '.assets.json'), 'utf8');
  writeFileSync(join(dirname(template), 'Changed.assets.json'), assets);
  events = [];
  run = await openLocalRun({
    template: template.replace('LiveStreaming.', 'Changed.'),
    parameters: {},
    folder: mkdtempSync(join(folder, 'run-')),
    port: await freePort(),
    rtmpPort: await freePort(),
    listener: { progress: () => {}, tell: (node, line) => events.push(`${node}: ${line}`) },
  });
  return run;
}

/** Removes a permission from every role of a template. */
function withdraw(made: Template, action: string): void {
  for (const { Type, Properties = {} } of Object.values(made.Resources)) {
    if (Type !== 'AWS::IAM::Role') continue;
    Object.assign(Properties, JSON.parse(JSON.stringify(Properties).replaceAll(action, `${action}Not`)));
  }
}

/** CloudFormation's events for the resources of one type, in order. */
function said(type: string): readonly string[] {
  return events.flatMap((line) => {
    const [, status] = new RegExp(`^cloudformation: (\\w+) ${type} `).exec(line) ?? [];
    return status === undefined ? [] : [status];
  });
}

function id(made: Template, type: string): string {
  const found = Object.entries(made.Resources).find(([, resource]) => resource.Type === type)?.[0];
  if (found === undefined) throw new Error(`The template has no ${type}`);
  return found;
}

describe('the stack, with its own Lambda functions,', () => {
  test('is created with a running channel, and deleted completely after the channel is stopped', async () => {
    const running = await prepare();
    await running.start();
    expect(running.status().find(({ node }) => node === 'encoder main')?.state).not.toBe('stopped');
    await running.deleteStack();
    expect(said('AWS::CloudFormation::Stack').at(-1)).toBe('DELETE_COMPLETE');
    expect(said('AWS::MediaLive::Channel').at(-1)).toBe('DELETE_COMPLETE');
    expect(said('AWS::S3::Bucket').filter((status) => status === 'DELETE_COMPLETE')).toHaveLength(3);
    const order = (line: RegExp) => events.findIndex((event) => line.test(event));
    expect(order(/DELETE_COMPLETE Custom::RunningState/)).toBeLessThan(
      order(/DELETE_IN_PROGRESS AWS::MediaLive::Channel/),
    );
  });

  test('is rolled back completely when a resource fails after the channel was started', async () => {
    const running = await prepare((made) => {
      made.Resources['Last'] = {
        Type: 'AWS::MediaPackageV2::ChannelGroup',
        Properties: { ChannelGroupName: 'not a name' },
        DependsOn: [id(made, 'Custom::RunningState')],
      };
    });
    await expect(running.start()).rejects.toThrow(/ROLLBACK_COMPLETE[\s\S]*Last/);
    expect(said('Custom::RunningState')).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_COMPLETE',
      'DELETE_IN_PROGRESS',
      'DELETE_COMPLETE',
    ]);
    expect(said('AWS::MediaLive::Channel').at(-1)).toBe('DELETE_COMPLETE');
  });

  test('is rolled back completely when starting the channel is not permitted, with the reason of the service', async () => {
    const running = await prepare((made) => withdraw(made, 'medialive:StartChannel'));
    await expect(running.start()).rejects.toThrow(/ROLLBACK_COMPLETE[\s\S]*medialive:StartChannel/);
    expect(said('AWS::CloudFormation::Stack').at(-1)).toBe('ROLLBACK_COMPLETE');
    expect(said('Custom::RunningState').at(-1)).toBe('DELETE_COMPLETE');
  });

  test('is not created when the encoder is not permitted to write to its packager', async () => {
    const running = await prepare((made) => withdraw(made, 'mediapackagev2:PutObject'));
    await expect(running.start()).rejects.toThrow(/mediapackagev2:PutObject/);
  });

  test('leaves an idle channel idle', async () => {
    const running = await prepare((made) => {
      const state = made.Resources[id(made, 'Custom::RunningState')];
      Object.assign(state?.Properties ?? {}, { Running: false });
    });
    await running.start();
    expect(running.status().find(({ node }) => node === 'encoder main')?.state).toBe('stopped');
  });
});
