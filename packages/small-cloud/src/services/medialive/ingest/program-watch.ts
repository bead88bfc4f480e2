import { open } from 'node:fs/promises';
import type { IngestSource } from '../contract/pipeline-source';
import { PACKET, programMap, SYNC } from '../contract/program-map';

/** Bytes before a stream's first packet in which its tables are looked for: half a second of 16 Mbit/s. */
const TABLES_BYTES = 1_000_000;

/**
 * Watches the video that an ingest passes on. When the program of a transport stream gets other packet ids, ffmpeg takes
 * them for new streams, which it does not pass on, and those that are passed on end.
 */
export class ProgramWatch {
  private rest: Buffer = Buffer.alloc(0);
  private mapPid: number | undefined;
  private videoPid: number | undefined;
  private frames = 0;
  private framesAtLook = -1;

  /** Takes what an ingest process writes: a transport stream in pieces of any length. */
  take(bytes: Buffer): void {
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const whole = all.length - (all.length % PACKET);
    this.rest = all.subarray(whole);
    for (let at = 0; at < whole; at += PACKET) this.packet(all.subarray(at, at + PACKET));
  }

  /** Returns whether no frame has come since the last look. */
  hasStopped(): boolean {
    const stopped = this.frames === this.framesAtLook;
    this.framesAtLook = this.frames;
    return stopped;
  }

  private packet(packet: Buffer): void {
    const begins = packet[0] === SYNC && (packet.readUInt8(1) & 0x40) !== 0;
    if (!begins) return;
    const pid = packet.readUInt16BE(1) & 0x1fff;
    if (pid === this.videoPid) this.frames += 1;
    if (pid !== 0 && pid !== this.mapPid) return;
    const { mapPid = this.mapPid, video = this.videoPid } = programMap(packet, pid) ?? {};
    this.mapPid = mapPid;
    this.videoPid = video;
  }
}

/** Tells whether ffmpeg gives a source its pace. It paces only what it passes on, and skips streams that come later. */
export function isPaced(source: IngestSource): boolean {
  return source.kind === 'file' || (source.kind === 'pull' && source.protocol === 'hls');
}

/**
 * Finds the byte of a transport stream file at which a process can begin that is to find a certain stream: the last
 * program association before it.
 *
 * @param file - a path, or the URL of a web server on this machine.
 * @param position - byte of a packet of that stream.
 * @returns `position` itself when nothing better is found, so that the next tables count.
 */
export async function programStart(file: string, position: number): Promise<number> {
  const from = Math.max(0, position - TABLES_BYTES);
  const before = await bytesOf(file, from, position).catch(() => Buffer.alloc(0));
  for (let at = before.length - PACKET; at >= 0; at -= PACKET) {
    const isAssociation = before[at] === SYNC && (before.readUInt16BE(at + 1) & 0x5fff) === 0x4000;
    if (isAssociation) return from + at;
  }
  return position;
}

/** Reads a part of a file; nothing from a web server that gives only whole files. */
async function bytesOf(file: string, from: number, until: number): Promise<Buffer> {
  if (/^https?:/.test(file)) {
    const headers = { range: `bytes=${from}-${until - 1}` };
    const answer = await fetch(file, { headers, redirect: 'error', signal: AbortSignal.timeout(5000) });
    if (answer.status === 206) return Buffer.from(await answer.arrayBuffer());
    await answer.body?.cancel();
    return Buffer.alloc(0);
  }
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(until - from), 0, until - from, from);
    return bytesRead === until - from ? buffer : Buffer.alloc(0);
  } finally {
    await handle.close();
  }
}
