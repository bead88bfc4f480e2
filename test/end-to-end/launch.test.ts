import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { writtenLaunchTemplate } from '../launch/written';
import { openBrowser } from './browser';
import { LocalCommand } from './command';
import { expectMovingVideo } from './origin-expectations';
import { PATIENCE } from './patience';
import { Publisher } from './publisher';
import { RecordedRun } from './recorded-run';

const STACK = 'live-streaming';

const template = writtenLaunchTemplate('media-package');
let browser: Browser;
let running: LocalCommand | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});

afterEach(async () => {
  await running?.end();
  running = undefined;
});

afterAll(async () => {
  await browser.close();
});

const given = (parameters: Readonly<Record<string, string>>) => [
  ...['--template', template],
  ...Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]),
];

async function launch(parameters: Readonly<Record<string, string>>): Promise<LocalCommand> {
  return LocalCommand.start(undefined, given(parameters));
}

describe('the launch template', () => {
  test('plays with the default parameters, and changes a running channel only when interruption is allowed', async () => {
    running = await launch({});
    await expectMovingVideo(browser, running.playerUrl);
    const client = clientOf(running);

    expect(await update(client, { EncodingProfile: 'SD-540p' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: STACK }));
    const reasons = StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
    expect(reasons).toEqual(
      expect.arrayContaining([expect.stringContaining('Channel main is RUNNING, and this update would interrupt it')]),
    );
    expect(await heights(running)).toContain(720);
    await expectMovingVideo(browser, running.playerUrl);

    // An update that replaces nothing lets the channel run on.
    expect(await update(client, { AutoStopMinutes: '30' })).toBe('UPDATE_COMPLETE');

    expect(await update(client, { EncodingProfile: 'SD-540p', Interruption: 'allow' })).toBe('UPDATE_COMPLETE');
    // The manifest lists the old renditions for the length of its window.
    for (const end = Date.now() + PATIENCE; (await heights(running)).includes(720) && Date.now() < end; ) await pause();
    expect(await heights(running)).toContain(540);
    expect(await heights(running)).not.toContain(720);
    await expectMovingVideo(browser, running.playerUrl);
    client.destroy();
  });

  test('accepts RTMP from an allowed address range', async () => {
    running = await launch({ InputType: 'RTMP_PUSH', AllowedCidr: '203.0.113.7/32', EncodingProfile: 'SD-540p' });
    const publisher = Publisher.start(`rtmp://127.0.0.1:${running.rtmpPort}/main/pipeline-0`);
    try {
      await expectMovingVideo(browser, running.playerUrl);
    } finally {
      await publisher.kill();
    }
  });

  test('records, takes reports of players and watches itself, where the parameters say so', async () => {
    running = await launch({ EncodingProfile: 'SD-540p', Recording: 'yes', RecordingDays: '7', Audience: 'yes' });
    await expectMovingVideo(browser, running.playerUrl);
    const run = RecordedRun.of(running);
    const config = JSON.parse(await run.text('/config.json'));
    expect(config).toMatchObject({
      audience: { report: '/beacon' },
      channels: [{ recordings: '/vod/catalogue.json', startOver: expect.any(Array) }],
    });
    // The page loads what it needs for the past of a show.
    const [chunk = ''] = /replay-\w+\.js/.exec(await run.text('/main.js')) ?? [];
    expect(await run.text(`/${chunk}`)).toContain('catalogue');
    // The recorder and the catalogue of the template run.
    const since = ({ running: shows }: { readonly running: readonly { readonly channel: string }[] }) =>
      shows.find(({ channel }) => channel === 'main');
    expect(await run.catalogue('the show that goes on', since)).toMatchObject({ channel: 'main' });
    const outputs = await outputsOf(running);
    expect(outputs).toMatchObject({
      Dashboard: expect.stringContaining('#dashboards'),
      RecordingsBucket: expect.any(String),
      AudienceBucket: expect.any(String),
      RetainedAfterDelete: expect.stringContaining('bucket'),
    });
  });

  test('pulls a stream from a URL', async () => {
    const source = await LocalCommand.start({
      channels: [
        {
          name: 'main',
          input: { kind: 'test-clip' },
          ladder: [{ width: 640, height: 360, bitrate: 800_000 }],
          latency: 'low',
        },
      ],
    });
    try {
      const HttpUrl = `${source.playerUrl}out/v1/${STACK}/main/ts/index.m3u8`;
      running = await launch({ InputType: 'URL_PULL', HttpUrl, EncodingProfile: 'SD-540p' });
      await expectMovingVideo(browser, running.playerUrl);
    } finally {
      await source.end();
    }
  });

  test('refuses parameters that break a rule with the message of the rule, before anything is created', async () => {
    running = await LocalCommand.attempt(given({ InputType: 'RTMP_PUSH' }));
    expect(await running.ended()).toBe(1);
    expect(running.output).toContain('An input that your encoder sends to needs an allowed address range');
    expect(running.output).not.toContain('Player ');
  });
});

function clientOf(command: LocalCommand): CloudFormationClient {
  const credentials = command.keys;
  return new CloudFormationClient({ endpoint: command.apiUrl, region: 'us-east-1', credentials });
}

/** Returns the Outputs of the stack by their names. */
async function outputsOf(command: LocalCommand): Promise<Readonly<Record<string, string>>> {
  const client = clientOf(command);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  client.destroy();
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** Changes some parameters of the stack. @returns the final state of the stack */
async function update(client: CloudFormationClient, changed: Readonly<Record<string, string>>): Promise<string> {
  const { Stacks: [before] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  const Parameters = (before?.Parameters ?? []).map(({ ParameterKey = '' }) =>
    ParameterKey in changed
      ? { ParameterKey, ParameterValue: changed[ParameterKey] ?? '' }
      : { ParameterKey, UsePreviousValue: true },
  );
  await client.send(
    new UpdateStackCommand({
      StackName: STACK,
      UsePreviousTemplate: true,
      Parameters,
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    const status = stack?.StackStatus ?? '';
    if (status.endsWith('_COMPLETE') && !status.endsWith('CLEANUP_IN_PROGRESS')) return status;
    if (status.endsWith('_FAILED')) return status;
    await pause();
  }
}

const pause = () => new Promise((done) => setTimeout(done, 500));

/** Heights of the renditions in the manifest. */
async function heights(command: LocalCommand): Promise<readonly number[]> {
  const playlist = await (await fetch(`${command.playerUrl}out/v1/${STACK}/main/cmaf/index.m3u8`)).text();
  return [...playlist.matchAll(/RESOLUTION=\d+x(\d+)/g)].map((match) => Number(match[1]));
}
