import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ChannelMedia } from '../../../src/services/mediapackage/model/channel-media';
import { MovableBytes } from '../../../src/services/mediapackage/model/kept-bytes';
import { MediaDisk } from '../../../src/services/mediapackage/model/media-disk';
import { madeFormat, madeSession, storedFragment } from '../made-media';

const EPOCH = 1_800_000_000;
const VIDEO = madeFormat('video');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-disk-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Builds a channel that receives a second of video at a time: 1,000 bytes, and its number. */
function channel(disk: MediaDisk, startOverSeconds: number) {
  const media = new ChannelMedia(() => EPOCH * 1000, disk);
  media.epochSeconds = EPOCH;
  media.widen([30, startOverSeconds]);
  const session = madeSession(0, { tracks: ['video'] });
  let sent = 0;
  return {
    media,
    segmenter: media.segmenter(2),
    /** Sends media up to a time. */
    async send(until: number) {
      for (; sent < until; sent++) {
        const fragment = storedFragment(session, VIDEO, media.store.takeOrdinal('video'), sent, 1, sent % 2 === 0);
        const data = new MovableBytes(Buffer.alloc(1000, sent % 251));
        media.add([{ track: 'video', fragment: { ...fragment, data } }], EPOCH + sent);
        await media.settled();
      }
    },
    /** Fragments whose bytes are in memory. */
    inMemory: () => media.store.all().filter(({ fragment }) => fragment.data.inMemory !== undefined).length,
  };
}

function madeDisk(limitBytes?: number) {
  const told: string[] = [];
  return { told, disk: new MediaDisk({ folder, tell: (line) => told.push(line), limitBytes }) };
}

describe('the media of a channel with a start-over window', () => {
  test('stays for the window and a minute, on the disk but for the newest', async () => {
    const { disk, told } = madeDisk();
    const one = channel(disk, 600);
    await one.send(1000);
    await disk.close();
    const all = one.media.store.all();
    expect(all.length).toBeGreaterThanOrEqual(660);
    expect(all.length).toBeLessThan(675);
    expect(one.inMemory()).toBeLessThan(75);
    expect(readdirSync(folder).length).toBeLessThan(70);
    expect(told).toEqual([]);
    const bytes = await all[0]?.fragment.data.read();
    expect(bytes).toEqual(Buffer.alloc(1000, (all[0]?.fragment.startSeconds ?? 0) % 251));
    expect(one.media.figures).toMatchObject({ parts: all.length, bytes: all.length * 1000 });
  });

  test('goes before the window ends when the run has used its disk, and says so once', async () => {
    const { disk, told } = madeDisk(100_000);
    const one = channel(disk, 3600);
    await one.send(1000);
    await disk.close();
    const oldest = one.segmenter?.cuts[0];
    expect(one.media.figures?.heldSeconds).toBeLessThan(180);
    expect(one.media.figures?.diskBytes).toBeLessThanOrEqual(100_000);
    expect(told).toEqual([expect.stringContaining('the oldest goes before its start-over window ends')]);
    const first = one.segmenter?.segments('video')[0];
    expect(first?.number).toBe(oldest?.number);
    for (const { data } of first?.fragments ?? []) expect(await data.read()).toHaveLength(1000);
  });

  test('leaves the disk with its channel', async () => {
    const { disk } = madeDisk();
    const one = channel(disk, 600);
    await one.send(200);
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    one.media.close();
    await disk.settled();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is short when the disk cannot be written, and the run says why', async () => {
    const told: string[] = [];
    const disk = new MediaDisk({ folder: '/dev/null/nowhere', tell: (line) => told.push(line) });
    const one = channel(disk, 3600);
    await one.send(500);
    expect(one.media.figures?.heldSeconds).toBeLessThan(200);
    expect(told).toEqual([expect.stringContaining('cannot be written to the disk')]);
  });
});
