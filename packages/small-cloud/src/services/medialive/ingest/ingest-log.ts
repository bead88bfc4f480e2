import type { Opened, OpenedStream } from './codecs';

const LEVEL = /^(?:\[[^\]]*\] )?\[(\w+)\] (.*)$/;
const INPUT = /^Input #0, ([\w,]+), from /;
const STREAM = /^ +Stream #0:\d+.*?: (Video|Audio): (\w+)(?!.*attached pic)/;
/** The proxy that nothing listens at: ffmpeg asks it for whatever is on another machine. */
const OUTSIDE = /tcp:\/\/127\.0\.0\.1:1 failed/;

/** Reads what an ingest process writes to standard error, by `-loglevel level+info`, however it is cut. */
export class IngestLog {
  private rest = '';
  private last = '';
  private format: string | undefined;
  private readonly streams: OpenedStream[] = [];
  private isOpened = false;
  /** Another program holds the port. */
  portTaken = false;
  /** What follows in an HLS stream has other parameters (another EXT-X-MAP), which this process does not read. */
  hasNewParameters = false;

  /** Takes text; returns what was opened, with the text that completes it. */
  read(text: string): Opened | undefined {
    const lines = (this.rest + text).split(/[\r\n]+/);
    this.rest = lines.pop() ?? '';
    let opened: Opened | undefined;
    for (const line of lines) opened ??= this.line(line);
    return opened;
  }

  /** The last complaint so far, in words. */
  get complaint(): string {
    return this.last;
  }

  private line(line: string): Opened | undefined {
    const [, level = '', words = ''] = LEVEL.exec(line) ?? [];
    this.hasNewParameters ||= words.startsWith('Found duplicated MOOV Atom');
    if (level === 'error' || level === 'fatal' || level === 'panic') this.complain(words);
    else if (level !== 'info' || this.isOpened) return undefined;
    const format = INPUT.exec(words)?.[1];
    if (format !== undefined) this.format = format;
    const [, kind, codec = ''] = STREAM.exec(words) ?? [];
    if (kind === 'Video' || kind === 'Audio') this.streams.push({ kind, codec });
    // What follows the input's streams, or says that they do not do.
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
