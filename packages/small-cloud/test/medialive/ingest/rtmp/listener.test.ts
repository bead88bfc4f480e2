import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Tag } from '../../../../src/services/medialive/ingest/rtmp/flv';
import { RtmpListener } from '../../../../src/services/medialive/ingest/rtmp/listener';
import { until } from '../../fixture';
import { RtmpClient } from './client';

const FRAME: Tag = { type: 9, timestamp: 0, data: Buffer.from([0x17, 1, 0, 0, 0, 1]) };
const START = 'NetStream.Publish.Start';
const BAD_NAME = 'NetStream.Publish.BadName';

let listener: RtmpListener;
let port: number;
let now: number;
let events: string[];
let clients: RtmpClient[];

beforeEach(async () => {
  now = 100;
  events = [];
  clients = [];
  listener = new RtmpListener(
    'live/key',
    {
      connected: () => void events.push('connected'),
      tag: (_publisher, { data }) => void events.push(`tag of ${data.length} bytes`),
      gone: () => void events.push('gone'),
      refused: (sentence) => void events.push(sentence),
    },
    () => now,
  );
  port = await freePort();
  await listener.listen(port);
});

afterEach(async () => {
  for (const client of clients) client.close();
  await listener.close();
});

describe('a listener for publishers', () => {
  test('lets in a publisher with the right names, and passes on what it sends', async () => {
    const client = await open();
    client.publish('live', 'key');
    client.tag(FRAME);
    await until('a tag', () => events.length === 2);
    expect(events).toEqual(['connected', 'tag of 6 bytes']);
    expect(client.codes()).toEqual(['NetConnection.Connect.Success', START]);
    client.command('deleteStream', null, 1);
    await until('the end', () => events.includes('gone'));
  });

  test.each([
    ['another stream key', 'live', 'guess', 'its stream key is "guess", and "key" is needed'],
    ['a line break in the stream key', 'live', 'key"\nb', 'its stream key is "key\\"\\nb", and "key" is needed'],
    ['the key and more', 'live', 'key?token=1', 'its stream key is "key?token=1", and "key" is needed'],
    ['no stream key', 'live', '', 'its stream key is "", and "key" is needed'],
    ['letters that turn a terminal', 'live', '\u001b[2J\u202e', 'its stream key is "\\u001b[2J\\u202e", and'],
    ['another application', 'other', 'key', 'its application is "other", and "live" is needed'],
  ])('refuses %s, with a sentence', async (_what, application, streamKey, sentence) => {
    const client = await open();
    client.publish(application, streamKey);
    await until('the refusal', () => client.isClosed);
    expect(events).toEqual([expect.stringContaining(`refused a publisher: ${sentence}`)]);
    expect(client.codes()).not.toContain(START);
    expect(client.codes().at(-1)).toMatch(/Rejected|BadName/);
  });

  test.each<readonly [string, (client: RtmpClient) => void]>([
    ['is silent', () => {}],
    ['shakes hands and is silent', (client) => client.shakeHands()],
  ])('keeps nobody out because of a connection that %s, and cuts it off in time', async (_what, speak) => {
    const silent = await open();
    speak(silent);
    const publisher = await open();
    publisher.publish('live', 'key');
    await until('the publisher', () => events.includes('connected'));
    now += 6;
    publisher.tag(FRAME);
    await until('the end of the other', () => silent.isClosed);
    expect(events).toContain('cut off a connection that has not published within 5 s');
    expect(publisher.isClosed).toBe(false);
  });

  test('cuts off a publisher that sends nothing, and lets another in before', async () => {
    const first = await open();
    first.publish('live', 'key');
    await until('the first', () => events.includes('connected'));
    now += 3;
    const second = await open();
    second.publish('live', 'key');
    await until('the second', () => events.filter((event) => event === 'connected').length === 2);
    await until('the end of the first', () => first.isClosed);
    now += 11;
    await until('the end of the second', () => second.isClosed);
    expect(events).toEqual([
      'connected',
      'gone',
      'connected',
      'cut off a publisher that has sent nothing for 10 s',
      'gone',
    ]);
  });

  test('refuses a second publisher while the first one sends', async () => {
    const first = await open();
    first.publish('live', 'key');
    first.tag(FRAME);
    await until('a tag', () => events.length === 2);
    const second = await open();
    second.publish('live', 'key');
    await until('the refusal', () => second.isClosed);
    expect(second.codes().at(-1)).toBe(BAD_NAME);
    first.tag(FRAME);
    await until('another tag', () => events.length === 4);
    expect(events.slice(2)).toEqual(['refused a second publisher: the first one goes on', 'tag of 6 bytes']);
  });

  test.each([
    ['a request of HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'it does not speak RTMP'],
    ['random chunks', Buffer.concat([Buffer.from([3]), Buffer.alloc(3072), Buffer.alloc(64, 0xff)]), 'a chunk without'],
  ])('ends a connection with %s at once, and is open for the next one', async (_what, bytes, reason) => {
    for (let count = 0; count < 5; count += 1) (await open()).send(bytes);
    await until('their end', () => clients.every(({ isClosed }) => isClosed));
    expect(events[0]).toContain(`refused a connection: ${reason}`);
    (await open()).publish('live', 'key');
    await until('a publisher', () => events.includes('connected'));
  });
});

async function open(): Promise<RtmpClient> {
  const client = await RtmpClient.open(port);
  clients.push(client);
  return client;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
