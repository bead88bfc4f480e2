import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateChatTokenCommand,
  DisconnectUserCommand,
  IvschatClient,
  UpdateRoomCommand,
} from '@aws-sdk/client-ivschat';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openPlayer, type Viewer } from './browser';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';
import { SMALL_CHANNEL } from './small-channel';

/** The channel main with a chat. */
const description: LiveStreamInput = {
  operations: false,
  channels: [{ ...SMALL_CHANNEL, chat: { words: ['forbidden'], whenLate: 'refuse', keepLogDays: 30 } }],
};

/** A viewer in the chat. */
export interface Chatter extends Viewer {
  readonly name: string;
}

/** A local run of a channel with a chat. */
export class ChatRun {
  /** Ids of the users of the pages. */
  private readonly joined: string[] = [];

  private constructor(
    readonly command: LocalCommand,
    private readonly browser: Browser,
  ) {}

  static async start(browser: Promise<Browser>): Promise<ChatRun> {
    const command = LocalCommand.start(description);
    return new ChatRun(await command, await browser);
  }

  /** Opens the player in a browser of its own, and joins the chat. @param link - fragment of the address. */
  async join(name: string, link = ''): Promise<Chatter> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.on('response', async (response) => {
      if (!response.url().includes('/chat/token') || !response.ok()) return;
      this.joined.push(String((await response.json()).user));
    });
    const opened = await openPlayer({ newPage: () => context.newPage() }, `${this.command.playerUrl}${link}`);
    await opened.page.getByLabel('Your name in the chat').fill(name);
    await opened.page.getByRole('button', { name: 'Join' }).click();
    await opened.page.getByLabel('Say something').waitFor();
    return { ...opened, name };
  }

  /** Does a task of the operator. */
  async operate(task: object): Promise<Readonly<Record<string, unknown>>> {
    const FunctionName = await this.resource('AWS::Lambda::Function', 'ChatDesk');
    const { Payload } = await new LambdaClient(this.settings).send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ channel: 'main', ...task }) }),
    );
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  }

  /** Finds a resource of the stack by its type and the beginning of its logical id. */
  async resource(type: string, prefix: string): Promise<string> {
    const { StackResources = [] } = await new CloudFormationClient(this.settings).send(
      new DescribeStackResourcesCommand({ StackName: 'live-streaming' }),
    );
    const found = StackResources.find(
      ({ ResourceType, LogicalResourceId = '' }) => ResourceType === type && LogicalResourceId.startsWith(prefix),
    );
    return found?.PhysicalResourceId ?? '';
  }

  /** Ends the connections of everybody in the chat, as a server that is gone does. */
  async disconnectAll(): Promise<void> {
    const client = new IvschatClient(this.settings);
    const roomIdentifier = await this.resource('AWS::IVSChat::Room', 'ChatRoomMain');
    for (const userId of new Set(this.joined)) await client.send(new DisconnectUserCommand({ roomIdentifier, userId }));
  }

  /** Sends messages as several viewers who are not in a browser, evenly over a time. */
  async flood(messages: number, seconds: number): Promise<void> {
    const client = new IvschatClient(this.settings);
    const room = await this.resource('AWS::IVSChat::Room', 'ChatRoomMain');
    await client.send(new UpdateRoomCommand({ identifier: room, maximumMessageRatePerSecond: 100 }));
    const host = `ws://127.0.0.1:${this.command.port}/_hosts/edge.ivschat.us-east-1.amazonaws.com/`;
    const senders: WebSocket[] = [];
    for (const name of ['one', 'two', 'three', 'four']) {
      const asked = {
        roomIdentifier: room,
        userId: name,
        capabilities: ['SEND_MESSAGE' as const],
        attributes: { name },
      };
      const { token = '' } = await client.send(new CreateChatTokenCommand(asked));
      const socket = new WebSocket(host, token);
      await once(socket, 'open');
      senders.push(socket);
    }
    for (let index = 0; index < messages; index += 1) {
      senders[index % senders.length]?.send(
        JSON.stringify({ Action: 'SEND_MESSAGE', RequestId: String(index), Content: `message ${index}` }),
      );
      await pause((seconds * 1000) / messages);
    }
    for (const socket of senders) socket.terminate();
  }

  get settings() {
    return { endpoint: this.command.apiUrl, region: 'us-east-1', credentials: this.command.keys };
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.command.end();
  }
}

/** Types a message, until it is in the chat: a busy machine may need longer than 200 ms for a review. */
export async function say({ page }: Chatter, text: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await has(page, text))) {
    if (Date.now() > end) throw new Error(`"${text}" does not arrive`);
    await attempt(page, text);
    await pause(1000);
  }
}

/** Types a message and sends it once. */
export async function attempt(page: Page, text: string): Promise<void> {
  await page.getByLabel('Say something').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Tells whether a message is in the page. */
export async function has(page: Page, text: string): Promise<boolean> {
  return (await page.getByRole('log').getByText(text, { exact: true }).count()) > 0;
}

/** Waits for a message. */
export async function sees({ page }: Chatter, text: string): Promise<void> {
  await page.getByRole('log').getByText(text, { exact: true }).first().waitFor();
}

/** Frames of the video while something happens: how many were shown, and the part that was dropped. */
export async function frames(
  page: Page,
  during: () => Promise<unknown>,
): Promise<{ readonly shown: number; readonly dropped: number }> {
  const count = () =>
    page.evaluate(() => {
      const { totalVideoFrames, droppedVideoFrames } = document.querySelector('video')?.getVideoPlaybackQuality() ?? {
        totalVideoFrames: 0,
        droppedVideoFrames: 0,
      };
      return { total: totalVideoFrames, dropped: droppedVideoFrames };
    });
  const before = await count();
  await during();
  const after = await count();
  const total = after.total - before.total;
  const dropped = after.dropped - before.dropped;
  return { shown: total - dropped, dropped: total === 0 ? 1 : dropped / total };
}
