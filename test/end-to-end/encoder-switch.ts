import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { descendants } from './processes';

/**
 * A script in the place of ffmpeg that starts no encoder while it is off. An encoder that is killed again and again writes
 * a segment between two kills on a busy machine; one that cannot start writes none.
 */
export class EncoderSwitch {
  /** Path of the script, for FFMPEG_PATH. */
  readonly path: string;
  private readonly mark: string;

  /**
   * @param folder - for the script.
   * @param words - that an encoder has in its arguments, and no other ffmpeg: `/in/v1/`.
   */
  constructor(
    folder: string,
    private readonly words: string,
  ) {
    this.path = join(folder, 'ffmpeg');
    this.mark = join(folder, 'no-encoder');
    const real = process.env['FFMPEG_PATH'] || 'ffmpeg';
    const refuse = `case "$*" in *'${words}'*) [ -e '${this.mark}' ] && echo 'no encoder may start' >&2 && exit 1;; esac`;
    writeFileSync(this.path, `#!/bin/sh\n${refuse}\nexec '${real}' "$@"\n`);
    chmodSync(this.path, 0o755);
  }

  /** Kills the encoders below a process, and every one that would follow them. */
  off(parent: number): void {
    writeFileSync(this.mark, '');
    for (const { pid, command } of descendants(parent)) {
      if (command.includes('ffmpeg') && command.includes(this.words)) process.kill(pid, 'SIGKILL');
    }
  }

  /** Lets encoders start again. */
  on(): void {
    rmSync(this.mark, { force: true });
  }
}
