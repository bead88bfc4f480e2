import type { IngestSink } from '../contract/contribution';
import { PACKET, programMap, SYNC } from '../contract/program-map';
import { pesOf, silentPackets } from './audio-packets';

/** Seconds that the video goes on without audio before silence takes its place. */
const PATIENCE_SECONDS = 1.5;
/** Silence ends this long before the video, so that audio which returns is not late. */
const LEAD_SECONDS = 0.3;

/** A frame this much earlier than the last one belongs to a clock that has begun anew. */
const BACK_SECONDS = 1;

interface AudioStream {
  /** End of the audio so far, in seconds; undefined before it has begun. */
  endSeconds: number | undefined;
  /** Time of the video when audio was last heard. */
  heardAt: number | undefined;
  counter: number;
  /** End of the silence that was put last. */
  filledSeconds: number;
  /** True when the PES packet is left out that the next packets belong to. */
  isLate: boolean;
}

const UNHEARD = { endSeconds: undefined, heardAt: undefined, filledSeconds: -1, isLate: false } as const;

/**
 * Passes on the transport stream of an ingest from its first video frame, so that the timeline does not begin with the
 * audio before it. Puts silence where audio stops while the video goes on: an encoder whose audio ends makes segments
 * that no player can play to their end.
 */
export class SteadyAudio implements IngestSink {
  private rest: Buffer = Buffer.alloc(0);
  private mapPid: number | undefined;
  private videoPid: number | undefined;
  private lastVideo = 0;
  /** Time of the first frame, in seconds; undefined before it has come. */
  private beginning: number | undefined;
  /** The tables before the first frame. */
  private tables: Buffer[] = [];
  private audios = new Map<number, AudioStream>();

  /** @param channels - of the PCM that the ingest makes. */
  constructor(
    private readonly to: IngestSink,
    private readonly channels: number,
  ) {}

  take(bytes: Buffer): boolean {
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const whole = all.length - (all.length % PACKET);
    this.rest = all.subarray(whole);
    const passed: Buffer[] = [];
    for (let at = 0; at < whole; at += PACKET) this.packet(all.subarray(at, at + PACKET), passed);
    return passed.length === 0 || this.to.take(Buffer.concat(passed));
  }

  gone(): void {
    this.rest = Buffer.alloc(0);
    this.mapPid = undefined;
    this.videoPid = undefined;
    this.lastVideo = 0;
    this.beginning = undefined;
    this.tables = [];
    this.audios = new Map();
    this.to.gone();
  }

  private packet(packet: Buffer, passed: Buffer[]): void {
    const pid = packet.readUInt16BE(1) & 0x1fff;
    const begins = (packet.readUInt8(1) & 0x40) !== 0;
    const audio = packet[0] === SYNC ? this.audios.get(pid) : undefined;
    if (audio !== undefined) {
      if (begins) this.hear(audio, packet);
      if (audio.isLate) return;
      this.count(audio, packet);
    }
    if (audio === undefined && packet[0] === SYNC && begins) {
      if (pid === 0 || pid === this.mapPid) this.readMap(packet, pid);
      else if (pid === this.videoPid) this.see(packet, passed);
    }
    // A stream without video is passed on unchanged.
    const waits = this.beginning === undefined && (this.videoPid !== undefined || this.audios.size === 0);
    if (waits) this.tables.push(packet);
    else passed.push(...this.tables.splice(0), packet);
  }

  private see(packet: Buffer, passed: Buffer[]): void {
    const pes = pesOf(packet, this.channels);
    if (pes === undefined) return;
    this.beginning ??= pes.presentSeconds;
    this.fill(pes.decodeSeconds, passed);
  }

  private readMap(packet: Buffer, pid: number): void {
    const { mapPid, video, audios } = programMap(packet, pid) ?? {};
    if (mapPid !== undefined) this.mapPid = mapPid;
    if (video !== undefined) this.videoPid = video;
    for (const found of audios ?? []) {
      if (!this.audios.has(found)) this.audios.set(found, { ...UNHEARD, counter: 0 });
    }
  }

  private hear(audio: AudioStream, packet: Buffer): void {
    const pes = pesOf(packet, this.channels);
    if (pes === undefined) return;
    audio.heardAt = undefined;
    // Silence has taken this place already: a clock that goes back would look like another stream.
    audio.isLate = this.beginning === undefined || pes.decodeSeconds < Math.max(audio.filledSeconds, this.beginning);
    if (!audio.isLate) audio.endSeconds = pes.decodeSeconds + pes.audioSeconds;
  }

  /** Takes the time of a frame, and puts silence before it where audio has been missing for too long. */
  private fill(now: number, passed: Buffer[]): void {
    if (now < this.lastVideo - BACK_SECONDS) this.beginning = Number.NEGATIVE_INFINITY;
    for (const [pid, audio] of this.audios) {
      // The clock of the stream has begun anew.
      if (now < this.lastVideo - BACK_SECONDS) Object.assign(audio, UNHEARD);
      audio.heardAt ??= now;
      audio.endSeconds ??= now;
      if (now - audio.heardAt < PATIENCE_SECONDS) continue;
      const until = now - LEAD_SECONDS;
      const from = Math.max(audio.endSeconds, now - 2 * PATIENCE_SECONDS);
      if (until <= from) continue;
      const silence = silentPackets(pid, { from, until, channels: this.channels });
      for (const packet of silence) this.count(audio, packet);
      passed.push(...silence);
      audio.endSeconds = until;
      audio.filledSeconds = until;
    }
    this.lastVideo = now;
  }

  /** Numbers the packets of an audio stream anew, because packets of silence stand between them. */
  private count(audio: AudioStream, packet: Buffer): void {
    const flags = packet.readUInt8(3);
    if ((flags & 0x10) !== 0) audio.counter = (audio.counter + 1) & 0x0f;
    packet.writeUInt8((flags & 0xf0) | audio.counter, 3);
  }
}
