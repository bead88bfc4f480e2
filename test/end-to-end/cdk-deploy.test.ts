import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { Cdk, type CdkResult } from './cdk';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';
import { isListening } from './ports';
import { descendants, isAlive } from './processes';

const STACK = 'live-streaming';
const SCREENSHOTS = join(__dirname, '..', '..', 'dist', 'screenshots');
const DESCRIPTION = {
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      running: true,
    },
  ],
};

let cloud: LocalCommand;
let cdk: Cdk;
let cloudFormation: CloudFormationClient;
let s3: S3Client;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [cloud, browser] = await Promise.all([LocalCommand.cloud(), openBrowser()]);
  cdk = new Cdk(cloud.apiUrl, cloud.keys, cloud.folder);
  const credentials = cloud.keys;
  const client = { endpoint: cloud.apiUrl, region: 'us-east-1', credentials, forcePathStyle: true };
  cloudFormation = new CloudFormationClient(client);
  s3 = new S3Client(client);
});

afterAll(async () => {
  cloudFormation.destroy();
  s3.destroy();
  await browser.close();
  await cloud.end();
});

/** Writes a description of channels to a file. @returns the CLI's arguments for it */
function config(description: object): readonly string[] {
  const file = join(cloud.folder, 'channels.json');
  writeFileSync(file, JSON.stringify(description));
  return ['-c', `config=${file}`];
}

const deploy = (description: object = DESCRIPTION, ...more: readonly string[]) =>
  cdk.run('deploy', ...config(description), '--require-approval', 'never', ...more);

/** The description with the channel `main` at another size. */
const sized = (width: number, height: number) => ({
  channels: DESCRIPTION.channels.map((channel) => ({ ...channel, ladder: [{ width, height, bitrate: 250_000 }] })),
});

function succeeded({ code, output }: CdkResult): string {
  if (code !== 0) throw new Error(`The CDK CLI failed (${code}):\n${output}\n${cloud.log.slice(-4000)}`);
  return output;
}

async function stackNames(): Promise<readonly (string | undefined)[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName }) => StackName);
}

/** Physical ids of a stack's resources of one type. */
async function physicalIds(type: string): Promise<readonly string[]> {
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
  return StackResources.flatMap(({ ResourceType, PhysicalResourceId }) =>
    ResourceType === type && PhysicalResourceId !== undefined ? [PhysicalResourceId] : [],
  );
}

const multivariant = () => `${cloud.playerUrl}out/v1/${STACK}/main/cmaf/index.m3u8`;

/** The sizes of the renditions in the multivariant playlist. */
async function sizes(): Promise<readonly (string | undefined)[]> {
  const playlist = await (await fetch(multivariant())).text();
  return [...playlist.matchAll(/RESOLUTION=(\d+x\d+)/g)].map((match) => match[1]);
}

/** The media playlist behind a multivariant playlist of the edge, read afresh. */
async function mediaPlaylist(): Promise<string> {
  const variant = (await (await fetch(multivariant())).text()).split('\n').find((line) => /^[^#].*\.m3u8/.test(line));
  if (variant === undefined) return '';
  return (await fetch(new URL(variant, multivariant()))).text();
}

/** The sequence number of the newest segment; -1 before there is one. */
function newestSegment(playlist: string): number {
  const first = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1] ?? Number.NaN);
  const segments = playlist.match(/^#EXTINF/gm)?.length ?? 0;
  return Number.isNaN(first) || segments === 0 ? -1 : first + segments - 1;
}

/** Waits until the multivariant playlist has a rendition of one size and no other; the edge may hold an older one. */
async function untilSize(size: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (String(await sizes()) !== size && Date.now() < end) await new Promise((done) => setTimeout(done, 500));
  expect(await sizes()).toEqual([size]);
}

async function newestSegmentAbove(number: number): Promise<number> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const newest = newestSegment(await mediaPlaylist());
    if (newest > number) return newest;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`No segment after ${number} came:\n${await mediaPlaylist()}\n${cloud.output.slice(-2000)}`);
}

/** Deploys, once more where the channel was RECOVERING: a busy machine may have lost an encoder, which comes back. */
async function deployOnceRunning(description: object): ReturnType<typeof deploy> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const result = await deploy(description);
    if (!/Channel main is RECOVERING/.test(result.output) || Date.now() > end) return result;
  }
}

// Each test continues where the one before ended.
describe('the CDK CLI, unchanged, against the small cloud,', () => {
  let buckets: readonly string[] = [];

  test('bootstraps the account, and finds no change the second time', async () => {
    expect(succeeded(await cdk.run('bootstrap'))).toContain('bootstrapped.');
    expect(succeeded(await cdk.run('bootstrap'))).toContain('bootstrapped (no changes).');
    expect(await stackNames()).toEqual(['CDKToolkit']);
  });

  test('deploys the stack with its Outputs, and the stream plays', async () => {
    const output = succeeded(await deploy());
    expect(output).toMatch(/LiveStreaming\.PlayerUrl = https:\/\/\w+\.cloudfront\.net\//);
    expect(output).toContain(`:stack/${STACK}/`);
    await cloud.until(new RegExp(`Player +${cloud.playerUrl}`));
    await newestSegmentAbove(await newestSegmentAbove(-1));
    ({ page } = await openPlayer(browser, cloud.playerUrl));
    await untilPlaying(page, 3);
    // Printed for the log of the test run.
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, 'cdk-deploy.png') });
  });

  test('finds no difference in an unchanged stack, and deploys none', async () => {
    expect(succeeded(await cdk.run('diff', ...config(DESCRIPTION)))).toContain('There were no differences');
    expect(succeeded(await deploy())).toContain('(no changes)');
  });

  test('shows the changes of another description, and makes them', async () => {
    const [main] = DESCRIPTION.channels;
    const two = { channels: [main, { ...main, name: 'second', running: false }] };
    const difference = succeeded(await cdk.run('diff', ...config(two)));
    expect(difference).toContain('[+] AWS::MediaLive::Channel Encoder-second/Channel');
    expect(difference).not.toContain('[~] AWS::MediaLive::Channel');
    const before = await newestSegmentAbove(-1);
    succeeded(await deploy(two));
    expect(await physicalIds('AWS::MediaLive::Channel')).toHaveLength(2);
    await newestSegmentAbove(before);
  });

  test('refuses another ladder while the channel runs, explains how to allow it, and does not interrupt the video', async () => {
    const before = await newestSegmentAbove(-1);
    const { code, output } = await deployOnceRunning(sized(426, 240));
    expect(code).not.toBe(0);
    expect(output).toMatch(/Channel main is RUNNING, and this update would interrupt it.*interruption=allow/s);
    await newestSegmentAbove(before);
    await untilSize('320x180');
    await untilPlaying(page);
  });

  test('changes the ladder when interruption is allowed, and the video returns with the new renditions', async () => {
    succeeded(await deploy(sized(426, 240), '-c', 'interruption=allow'));
    await untilSize('426x240');
    await newestSegmentAbove(await newestSegmentAbove(-1));
    await untilPlaying(page, 2);
  });

  test('rolls back an update that fails at the channel, and the video returns', async () => {
    // The channel refers to an input that does not exist, which MediaLive reports on the update.
    const assembly = join(cloud.folder, 'failing');
    const synthesis = [...config(sized(480, 270)), '-c', 'interruption=allow', '--output', assembly, '--quiet'];
    succeeded(await cdk.run('synth', ...synthesis));
    const file = join(assembly, 'LiveStreaming.template.json');
    const template = readFileSync(file, 'utf8');
    const failing = template.replace(/"InputId":\{"Ref":"\w+"\}/, '"InputId":"7654321"');
    expect(failing).not.toBe(template);
    writeFileSync(file, failing);
    const { code, output } = await cdk.run('deploy', '--app', assembly, '--require-approval', 'never');
    expect(code).not.toBe(0);
    expect(output).toMatch(/UPDATE_ROLLBACK_COMPLET.*\n.*input 7654321 not found/s);
    await cloud.until(/Channel main was started again/);
    await untilSize('426x240');
    await newestSegmentAbove(await newestSegmentAbove(-1));
    await untilPlaying(page, 2);
  });

  test('destroys the stack, and leaves nothing of it', async () => {
    buckets = await physicalIds('AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThan(0);
    const output = succeeded(await cdk.run('destroy', ...config(DESCRIPTION), '--force'));
    expect(output).toContain('destroyed');
    expect(await stackNames()).toEqual(['CDKToolkit']);
    expect(await isListening(cloud.port)).toBe(false);
    expect(descendants(cloud.pid).filter(({ command }) => command.includes('ffmpeg'))).toEqual([]);
    for (const Bucket of buckets) {
      await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    }
  });

  test('leaves no process and no port behind when the small cloud ends', async () => {
    succeeded(await deploy());
    const below = descendants(cloud.pid);
    expect(below.some(({ command }) => command.includes('ffmpeg'))).toBe(true);
    expect(await cloud.end()).toBe(0);
    // The guardian of the processes ends last, on its own.
    const end = Date.now() + PATIENCE;
    while (below.some(({ pid }) => isAlive(pid)) && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
    expect(below.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(await isListening(cloud.port)).toBe(false);
    expect(await isListening(Number(new URL(cloud.apiUrl).port))).toBe(false);
  });
});
