import type { EncoderRun } from './encoder-run';

/** The command lines of an encoder, told once for each kind of run. */
export class CommandLines {
  private readonly seen = new Set<string>();

  constructor(
    private readonly ffmpeg: string,
    private readonly say: (line: string) => void,
  ) {}

  tell({ preset, audio, hevcAs }: EncoderRun, args: readonly string[]): void {
    const kind = `${preset} ${audio} ${hevcAs}`;
    if (this.seen.has(kind)) return;
    this.seen.add(kind);
    if (audio === 'silence') this.say('the input has no audio; silence is encoded');
    const command = shellCommand(this.ffmpeg, args);
    this.say(`encodes with (MPEG-TS on standard input, progress on descriptor 3): ${command}`);
  }
}

/** Quotes a command line for a POSIX shell. */
export function shellCommand(command: string, args: readonly string[]): string {
  return [command, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
