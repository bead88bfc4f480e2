import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Page } from 'playwright-core';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { type KeyRing, readKeyRing } from '../../lambda/shared/viewers/key-ring';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { LocalCommand } from './command';

const SMALL = { input: { kind: 'test-clip' as const }, ladder: [{ width: 426, height: 240, bitrate: 300_000 }] };
/** Describes the channels. Those that do not run show who may watch them, and leave a busy machine its breath. */
const description = ({ publicRuns, recorded, origin, beside }: PrivateOptions): LiveStreamInput => ({
  origin,
  access: { signIn: 'cognito', tokenMinutes: 5, maxSessions: 2 },
  channels: [
    {
      name: 'main',
      ...SMALL,
      latency: 'low',
      recording: recorded ? { pictures: true } : undefined,
      chat: beside,
      timedMetadata: beside,
      polls: beside,
    },
    { name: 'gold', ...SMALL, running: false, access: { groups: ['gold'] } },
    { name: 'free', ...SMALL, latency: 'low', running: publicRuns ?? false, access: 'public' },
  ],
});
/** Lifetime of a token, in seconds: too short for a description, long enough for a busy machine. */
const TOKEN_SECONDS = 30;

/** Manifest of the channel main. */
export const MAIN = '/out/v1/live-streaming/main/cmaf/index.m3u8';
/** Header of a request without a body, which CloudFront needs to sign it. */
export const EMPTY_BODY = {
  'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'content-length': '0',
};

/** Password of the viewers that every local run has. */
const PASSWORD = 'Local-viewer-1';

/** Signs in on the page of the user pool, from the player. */
export async function signIn(page: Page, name = 'viewer@example.com'): Promise<Page> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

/** An answer of the edge. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Options of {@link PrivateRun.start}. */
interface PrivateOptions {
  /** True when the public channel runs as well. */
  readonly publicRuns?: boolean;
  /** True when the channel main is recorded, with pictures. */
  readonly recorded?: boolean;
  /** True when the channel main has a chat and polls. */
  readonly beside?: true;
  /** Origin of the stack, MediaPackage v2 by default. */
  readonly origin?: LiveStreamInput['origin'];
}

/** A local run of a stack whose channels are private, but for one. */
export class PrivateRun {
  private constructor(readonly command: LocalCommand) {}

  /** Starts it. By default, the channel main runs alone, and is not recorded. */
  static async start(options: PrivateOptions = {}): Promise<PrivateRun> {
    const command = await LocalCommand.ofTemplate(async (folder) => {
      const config = join(folder, 'access.json');
      writeFileSync(config, JSON.stringify(description(options)));
      const template = await synthesizeTo(folder, config);
      const text = readFileSync(template, 'utf8');
      const short = text.replace('\\"tokenMinutes\\":5', `\\"tokenMinutes\\":${TOKEN_SECONDS / 60}`);
      if (short === text) throw new Error('the template does not say for how long a token is good');
      writeFileSync(template, short);
      return template;
    });
    return new PrivateRun(command);
  }

  /** Runs `npm run live`, as an operator does. */
  live(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'bin/live.ts', ...args, '--endpoint', this.command.apiUrl],
      { cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`live ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Makes a link to the channel main. */
  link(...args: readonly string[]): string {
    const [, link = ''] = this.live('link', 'main', ...args)
      .trim()
      .split('#link=');
    return link;
  }

  /** Reads the keys of the stack, as its functions do. */
  async keyRing(): Promise<KeyRing> {
    const SecretId = await this.resource('AccessKeySecret');
    const { SecretString = '{}' } = await new SecretsManagerClient(this.settings).send(
      new GetSecretValueCommand({ SecretId }),
    );
    const ring = readKeyRing(SecretString);
    if (ring === undefined) throw new Error('the stack has no keys');
    return ring;
  }

  async rotateKeys(): Promise<void> {
    const FunctionName = await this.resource('AccessKeysFunction');
    await new LambdaClient(this.settings).send(new InvokeCommand({ FunctionName, Payload: '{"task":"rotate"}' }));
  }

  /** Asks the edge with a path as it stands: `fetch` would tidy it. */
  ask(path: string, method = 'GET', headers: Readonly<Record<string, string>> = {}): Promise<EdgeAnswer> {
    return new Promise((done, failed) => {
      const sent = request({ host: '127.0.0.1', port: this.command.port, path, method, headers }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      });
      sent.on('error', failed).end();
    });
  }

  private get settings() {
    return { endpoint: this.command.apiUrl, region: 'us-east-1', credentials: this.command.keys };
  }

  /** Finds a resource of the stack by the beginning of its logical id. */
  private async resource(prefix: string): Promise<string> {
    const { StackResources = [] } = await new CloudFormationClient(this.settings).send(
      new DescribeStackResourcesCommand({ StackName: 'live-streaming' }),
    );
    const found = StackResources.find(({ LogicalResourceId = '' }) => LogicalResourceId.startsWith(prefix));
    return found?.PhysicalResourceId ?? '';
  }
}
