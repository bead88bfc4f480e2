import type { Opened, OpenedStream } from './codecs';

const LEVEL = /^(?:\[[^\]]*\] )?\[(\w+)\] (.*)$/;
const INPUT = /^Input #0, ([\w,]+), from /;
const STREAM = /^ +Stream #0:\d+.*?: (Video|Audio): (\w+)(?!.*attached pic)/;
/** Complaint about the proxy that nobody listens at: ffmpeg asks it for anything on another machine. */
/** Packet ids of a transport stream that a process does not pass on, because they have come after it was opened. */
const NEW_VIDEO = /^New video stream .*at pos:(\d+) /;
const OUTSIDE = /tcp:\/\/127\.0\.0\.1:1 failed/;

/** Reads the standard error of an ingest process at `-loglevel level+info`, in pieces of any length. */
export class IngestLog {
  private rest = '';
  private last = '';
  private format: string | undefined;
  private readonly streams: OpenedStream[] = [];
  private isOpened = false;
  /** True when another program holds the port. */
  portTaken = false;
  /** True when an HLS stream goes on with other parameters (another EXT-X-MAP), which this process does not read. */
  hasNewParameters = false;
  /** Byte of the first video stream that has begun since the input was opened, which this process does not pass on. */
  newVideoAt: number | undefined;

  /** Takes a piece of the log; returns what was opened, with the piece that completes it. */
  read(text: string): Opened | undefined {
    const lines = (this.rest + text).split(/[\r\n]+/);
    this.rest = lines.pop() ?? '';
    let opened: Opened | undefined;
    for (const line of lines) opened ??= this.line(line);
    return opened;
  }

  /** Returns the last complaint so far. */
  get complaint(): string {
    return this.last;
  }

  private line(line: string): Opened | undefined {
    const [, level = '', words = ''] = LEVEL.exec(line) ?? [];
    this.hasNewParameters ||= words.startsWith('Found duplicated MOOV Atom');
    const newVideo = NEW_VIDEO.exec(words)?.[1];
    // A file that loops brings its first streams again.
    if (newVideo !== undefined) this.newVideoAt ??= Number(newVideo);
    if (level === 'error' || level === 'fatal' || level === 'panic') this.complain(words);
    else if (level !== 'info' || this.isOpened) return undefined;
    const format = INPUT.exec(words)?.[1];
    if (format !== undefined) this.format = format;
    const [, kind, codec = ''] = STREAM.exec(words) ?? [];
    if (kind === 'Video' || kind === 'Audio') this.streams.push({ kind, codec });
    // These lines follow the streams of the input, or say that they cannot be used.
    const isOver = /^(Stream mapping:|Output #0|Stream map )/.test(words);
    if (!isOver || this.isOpened || this.format === undefined) return undefined;
    this.isOpened = true;
    return { format: this.format, streams: this.streams };
  }

  private complain(words: string): void {
    this.portTaken ||= words.includes('Address already in use');
    if (this.last === ELSEWHERE) return;
    this.last = OUTSIDE.test(words) ? ELSEWHERE : words.trim() || this.last;
  }
}

const ELSEWHERE = 'it leads to another machine, and the local run loads nothing from outside';
